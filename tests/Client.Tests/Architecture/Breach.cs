namespace Tempera.Client.Tests.Architecture;

/// <summary>Uses what the rules forbid, so that a rule that sees nothing any more is found out.</summary>
internal static class Breach
{
    public static string Now() => DateTime.UtcNow.ToString("O") + System.Net.IPAddress.Loopback + File.Exists("x");
}
