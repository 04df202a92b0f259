using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Cluster;

/// <summary>Connects to clusters.</summary>
internal interface IClusterConnector
{
    /// <summary>Connects, within some seconds.</summary>
    /// <exception cref="CommandLine.CommandException">No silo answers.</exception>
    Task<IClusterConnection> Connect(ClusterAddress address, bool verbose, CancellationToken cancellationToken);
}

/// <summary>A connection to a cluster.</summary>
internal interface IClusterConnection : IAsyncDisposable
{
    /// <summary>The campaign with an id. Calls fail as those of any grain do, see <see cref="ClusterCalls"/>.</summary>
    ICampaignGrain Campaign(string id);

    /// <summary>Ids of all campaigns.</summary>
    Task<IReadOnlyList<string>> List();

    /// <summary>Begins the span of a command that concerns a campaign; what silos do for it is in the same trace. Null while nobody listens.</summary>
    IDisposable? Trace(string verb, string campaign);
}
