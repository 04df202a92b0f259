using System.Net;
using System.Net.Sockets;

using Tempera.Client.CommandLine;

namespace Tempera.Client.Cluster;

/// <summary>Where a cluster takes calls: the gateways of some of its silos.</summary>
/// <param name="Text">As typed: <c>HOST[:PORT]</c>, several separated by commas.</param>
/// <param name="ClusterId">The cluster's id.</param>
internal sealed record ClusterAddress(string Text, string ClusterId)
{
    private const int DefaultPort = 30000;

    /// <summary>All addresses that the hosts stand for now; a name may stand for every silo behind it.</summary>
    /// <exception cref="CommandException">A host is malformed, or none is known.</exception>
    public async Task<IReadOnlyList<IPEndPoint>> Resolve(CancellationToken cancellationToken)
    {
        var (found, reason) = (new List<IPEndPoint>(), "");
        foreach (var part in Text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (host, port) = Split(part);
            try
            {
                var addresses = await Dns.GetHostAddressesAsync(host, AddressFamily.InterNetwork, cancellationToken);
                found.AddRange(addresses.Select(address => new IPEndPoint(address, port)));
            }
            catch (SocketException error)
            {
                reason = $" ({error.Message})";
            }
        }

        return found.Count > 0 ? found : throw new CommandException(
            ExitCode.Unreachable, $"--cluster names hosts of a cluster; none of '{Text}' is known{reason}. Check the name, or start a silo with `tempera silo`.");
    }

    private static (string Host, int Port) Split(string part)
    {
        var colon = part.LastIndexOf(':');
        if (colon < 0)
        {
            return (part, DefaultPort);
        }

        return colon > 0 && int.TryParse(part.AsSpan(colon + 1), out var port) && port is >= 1 and <= 65535
            ? (part[..colon], port)
            : throw CommandException.Usage($"--cluster is HOST[:PORT], several separated by commas; received '{part}'. Give one, for example localhost:{DefaultPort}.");
    }
}
