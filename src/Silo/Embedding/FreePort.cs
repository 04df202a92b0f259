using System.Net;
using System.Net.Sockets;

namespace Tempera.Silo.Embedding;

/// <summary>Finds loopback ports that nobody listens on.</summary>
internal static class FreePort
{
    /// <summary>A port the system says is free at this moment; another process may still take it first.</summary>
    public static int Next()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>True when the error, or one inside it, says that somebody else listens on the port.</summary>
    public static bool IsClash(Exception? error) => error switch
    {
        null => false,
        SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } => true,
        AggregateException all => all.InnerExceptions.Any(IsClash),
        _ => IsClash(error.InnerException),
    };
}
