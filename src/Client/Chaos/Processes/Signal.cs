using System.Runtime.InteropServices;

namespace Tempera.Client.Chaos.Processes;

/// <summary>Signals to other processes.</summary>
internal static class Signal
{
    /// <summary>Ends a process in good order.</summary>
    public const int Terminate = 15;

    /// <summary>Ends a process at once.</summary>
    public const int Kill = 9;

    /// <summary>Freezes a process.</summary>
    public const int Stop = 19;

    /// <summary>Wakes a frozen process.</summary>
    public const int Continue = 18;

    /// <summary>Sends a signal; a process that is gone is no error.</summary>
    public static void Send(int process, int signal) => _ = SendSignal(process, signal);

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int process, int signal);
}
