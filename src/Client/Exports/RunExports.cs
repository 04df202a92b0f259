using Tempera.Client.Directories;
using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Exports;

/// <summary>The files written whenever a sitting ends.</summary>
internal static class RunExports
{
    /// <summary>Writes all of them, each whole or not at all; returns their names.</summary>
    public static async Task<IReadOnlyList<string>> Write(RunDirectory directory, ICampaignGrain campaign, string? objectFile)
    {
        var written = new List<string>(ModesTable.Export(directory, await campaign.Modes(), objectFile));
        await EvaluationsParquet.Export(directory, campaign);
        written.Add("evaluations.parquet");
        return written;
    }
}
