using Spectre.Console;

using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Running;

/// <summary>Campaigns of a cluster as people read them.</summary>
internal static class SnapshotText
{
    /// <summary>One campaign in one line.</summary>
    public static string Line(CampaignSnapshot snapshot) =>
        $"{snapshot.Id}  {State(snapshot)}  round {Figures.Count(snapshot.Round)}/{Figures.Count(snapshot.TargetRound)}"
        + $"  calls {Figures.Count(snapshot.OracleCalls)}  modes {Figures.Modes(snapshot.Modes, snapshot.KnownModes)}"
        + $"  best {Figures.Number(snapshot.BestScore)} {snapshot.BestObject}"
        + $"  checkpoint {(snapshot.CheckpointRound is { } round ? Figures.Count(round) : "-")}  epoch {snapshot.Epoch}"
        + (snapshot.Accelerator is { } gpu ? $"  gpu {gpu}" : "")
        + (snapshot.QueuePosition is { } position ? $"  number {position} in the queue for a GPU" : "")
        + string.Concat(snapshot.Searchers.Select(static s =>
            $"\n  searcher {s.Searcher}  beta {Figures.Number(s.Beta)}  searches {Figures.Count(s.Searches)}, {s.UnderWay} under way  policy age {(s.PolicyAge is { } age ? Figures.Count(age) : "-")}  on {s.Silo ?? "-"}"))
        + (snapshot.Failure is { } failure ? $"\n{failure}" : "")
        + (snapshot.Warning is { } warning ? $"\nwarning: {warning}" : "");

    /// <summary>A row a campaign.</summary>
    public static Table Table(IEnumerable<CampaignSnapshot> snapshots)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("Campaign").AddColumn("Task").AddColumn("State")
            .AddColumn(new TableColumn("Round").RightAligned()).AddColumn(new TableColumn("Calls").RightAligned())
            .AddColumn(new TableColumn("Modes").RightAligned()).AddColumn(new TableColumn("Best").RightAligned());
        foreach (var snapshot in snapshots)
        {
            table.AddRow(
                new Text(snapshot.Id), new Text(snapshot.Specification?.Task ?? "-"), new Text(State(snapshot)),
                new Text($"{Figures.Count(snapshot.Round)}/{Figures.Count(snapshot.TargetRound)}"), new Text(Figures.Count(snapshot.OracleCalls)),
                new Text(Figures.Modes(snapshot.Modes, snapshot.KnownModes)), new Text(Figures.Number(snapshot.BestScore)));
        }

        return table;
    }

    private static string State(CampaignSnapshot snapshot) => snapshot.State.ToString().ToLowerInvariant();
}
