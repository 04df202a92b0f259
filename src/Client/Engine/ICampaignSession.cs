using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Engine;

/// <summary>A campaign that is open in this process; disposing stops its silo.</summary>
internal interface ICampaignSession : IAsyncDisposable
{
    /// <summary>The campaign.</summary>
    ICampaignGrain Campaign { get; }
}

/// <summary>What to open.</summary>
/// <param name="Directory">Full path of the run directory.</param>
/// <param name="CampaignId">The campaign it holds.</param>
/// <param name="ReadOnly">True to look without taking the directory's lock and without writing.</param>
/// <param name="Verbose">True to log on standard error.</param>
internal sealed record SessionRequest(string Directory, string CampaignId, bool ReadOnly, bool Verbose);
