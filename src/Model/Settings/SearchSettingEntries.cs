using Tempera.Model.Baselines;
using Tempera.Model.Objectives;

namespace Tempera.Model.Settings;

/// <summary>The entries of <see cref="SearchSettings"/> in the catalogue, and what they need of each other.</summary>
internal static class SearchSettingEntries
{
    private const string SearchersName = "searchers", PolicyAgeName = "policy_age", SamplesPerInsertName = "samples_per_insert";

    /// <summary>All entries.</summary>
    public static Setting[] All { get; } =
    [
        Setting.Whole(SearchersName, 0, 256, "Searchers that sample beside the trainer, each at its own beta; 0 samples in the round itself.",
            s => s.Search.Searchers, (s, value) => s with { Search = s.Search with { Searchers = value } }),
        Setting.Choice("ladder", "Where the betas of searchers stand between the ends of explore; adaptive moves them.",
            s => s.Search.Ladder, (s, value) => s with { Search = s.Search with { Ladder = value } }),
        Setting.Choice("rung_exchange", "Whether neighbouring searchers change betas, with the probability of parallel tempering.",
            s => s.Search.RungExchange, (s, value) => s with { Search = s.Search with { RungExchange = value } }),
        Setting.Whole(PolicyAgeName, 2, 10_000, "Rounds that the policy of a searcher's trajectory may be old when it is trained on; above search_ahead.",
            s => s.Search.PolicyAge, (s, value) => s with { Search = s.Search with { PolicyAge = value } }),
        Setting.Whole("search_ahead", 1, 1000, "Rounds' worth of trajectories that searchers may have under way.",
            s => s.Search.SearchAhead, (s, value) => s with { Search = s.Search with { SearchAhead = value } }),
        Setting.Real(SamplesPerInsertName, new RealRange(0, 10_000), "Trajectories trained on for each one that searchers insert; 0 takes (batch + replay_batch) / batch, the least.",
            s => s.Search.SamplesPerInsert, (s, value) => s with { Search = s.Search with { SamplesPerInsert = value } }),
        Setting.Real("insert_tolerance", new RealRange(1, 10_000), "Rounds by which learning may run ahead of the searchers, or they of it.",
            s => s.Search.InsertTolerance, (s, value) => s with { Search = s.Search with { InsertTolerance = value } }),
    ];

    /// <summary>Refuses what searchers cannot do.</summary>
    /// <exception cref="SettingException">A setting does not go with the others.</exception>
    public static void RequireFit(LearnerSettings settings)
    {
        var search = settings.Search;
        if (search.Searchers == 0)
        {
            return;
        }

        if (settings.Method != MethodCatalog.GFlowNet)
        {
            throw SettingText.Refuse(SearchersName, $"0 with method={settings.Method}, which learns from nobody else's trajectories", $"{search.Searchers}", $"Leave {SearchersName} out, or set method={MethodCatalog.GFlowNet}");
        }

        if (settings.Offline)
        {
            throw SettingText.Refuse(SearchersName, "0 in an offline campaign, which proposes nothing", $"{search.Searchers}", $"Leave {SearchersName} or offline out");
        }

        if (settings.Objective == VarianceGradient.ObjectiveName && search.SearchSize(settings.Batch) < 2)
        {
            throw SettingText.Refuse(SearchersName, $"at most half of batch ({settings.Batch}) with the objective vargrad, which compares trajectories of one beta", $"{search.Searchers}", "Use fewer searchers or a larger batch");
        }

        if (search.PolicyAge <= search.SearchAhead)
        {
            throw SettingText.Refuse(PolicyAgeName, $"above search_ahead ({search.SearchAhead}), since trajectories wait for that many rounds", $"{search.PolicyAge}", $"Raise {PolicyAgeName} or lower search_ahead");
        }

        var least = LeastSamplesPerInsert(settings);
        if (search.SamplesPerInsert != 0 && (search.SamplesPerInsert < least || (settings.ReplayBatch == 0 && search.SamplesPerInsert > least)))
        {
            throw SettingText.Refuse(
                SamplesPerInsertName,
                settings.ReplayBatch == 0 ? "1 where replay_batch is 0, since each trajectory is trained on once" : $"at least (batch + replay_batch) / batch, here {SettingText.Format(least)}",
                SettingText.Format(search.SamplesPerInsert), $"Leave {SamplesPerInsertName} out, or change replay_batch");
        }
    }

    /// <summary>What a run without searchers trains on for each trajectory.</summary>
    public static double LeastSamplesPerInsert(LearnerSettings settings) => (settings.Batch + settings.ReplayBatch) / (double)settings.Batch;
}
