using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;

using Spectre.Console;

using Tempera.Client.CommandLine;
using Tempera.Client.Directories;
using Tempera.Client.Exports;
using Tempera.Client.Reporting;
using Tempera.Client.Running;
using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Commands;

/// <summary><c>tempera evaluate CAMPAIGN</c>: the policy against its target, one record a beta.</summary>
internal static class EvaluateCommand
{
    private static readonly ImmutableArray<float> DefaultBetas = [1, 2, 3];

    /// <summary>Creates the verb.</summary>
    public static Command Create(CommandEnvironment environment, CommonOptions common)
    {
        var command = new Command("evaluate", "Measure the policy against its target; the exact distribution where the space is enumerable.");
        var campaign = CampaignArgument.Create();
        var betas = Parsers.Betas("Inverse temperature, above 0; repeatable (default 1 2 3, or the target beta of an unconditional policy).");
        var samples = Parsers.Whole("--samples", 1, 1_000_000, "N", "Samples a beta where the distribution is estimated (default 2000).");
        var seed = Parsers.Seed("Seed of the estimates (default 0).");
        command.Arguments.Add(campaign);
        command.Options.Add(betas);
        command.Options.Add(samples);
        command.Options.Add(seed);
        command.SetAction((result, cancellationToken) =>
        {
            var directory = RunDirectory.Find(environment, result.GetRequiredValue(campaign));
            return CampaignArgument.Read(environment, directory, result.GetValue(common.Verbose), async (grain, configuration) =>
            {
                var chosen = result.GetValue(betas) is { Length: > 0 } given ? [.. given] : BetasOf(configuration.Specification);
                var records = await grain.Evaluate(new(chosen, (int)(result.GetValue(samples) ?? 2000), result.GetValue(seed) ?? 0));
                var discovery = await Discovery.Of(grain, EvaluationsParquet.All(grain));
                if (result.GetValue(common.Json))
                {
                    foreach (var record in records)
                    {
                        environment.Output.WriteLine(JsonLines.Line(record, discovery));
                    }
                }
                else
                {
                    Show(environment.Console, records);
                    ShowDiscovery(environment.Console, discovery);
                }

                return ExitCode.Done;
            }, cancellationToken);
        });
        return command;
    }

    /// <summary>The betas worth evaluating when none are named.</summary>
    internal static ImmutableArray<float> BetasOf(CampaignSpecification specification) =>
        specification.Settings.GetValueOrDefault("conditioning") == "none"
        && float.TryParse(specification.Settings.GetValueOrDefault("target_beta"), NumberStyles.Float, CultureInfo.InvariantCulture, out var beta)
            ? [beta]
            : DefaultBetas;

    private static void ShowDiscovery(IAnsiConsole console, Discovery discovery)
    {
        if (discovery.ModesArea is { } area)
        {
            console.WriteLine($"unique oracle calls to 50 % of the modes {Calls(discovery.CallsToHalf)}, to 90 % {Calls(discovery.CallsToNinety)}; area under the curve {Figures.Number(area)}");
        }

        static string Calls(long? calls) => calls is { } known ? Figures.Count(known) : "not reached";
    }

    private static void Show(IAnsiConsole console, IReadOnlyList<EvaluationRecord> records)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("Metric");
        foreach (var record in records)
        {
            table.AddColumn(new TableColumn("beta " + record.Beta.ToString("R", CultureInfo.InvariantCulture)).RightAligned());
        }

        Row("total variation", static r => r.Tv);
        Row("KL(target || model), nats", static r => r.Kl);
        Row("KL(model || target), nats", static r => r.ReverseKl);
        Row("Jensen-Shannon, nats", static r => r.Jsd);
        Row("log Z, model", static r => r.LogZModel);
        Row("log Z, target", static r => r.LogZTarget);
        Row("mean score, model", static r => r.MeanScoreModel);
        Row("mean score, target", static r => r.MeanScoreTarget);
        Row("Spearman, log p and log R", static r => r.Spearman);
        Row("Pearson, log p and log R", static r => r.Pearson);
        Row("evidence lower bound", static r => r.Elbo);
        Row("evidence upper bound", static r => r.Eubo);
        Row("samples: score histogram, TV", static r => r.ScoreTv);
        Row("samples: its noise floor", static r => r.ScoreTvNoise);
        Row("samples: Anderson-Darling / 5 % critical", static r => r.AndersonDarling);
        Row("samples: relative error of mean score", static r => r.MeanScoreError);
        Row("samples: quantile calibration error", static r => r.QuantileError);
        Row("samples: mean score of best 100", static r => r.TopScore);
        Row("samples: diversity of best 100", static r => r.TopDiversity);
        Row("unique share of samples", static r => r.UniqueShare);
        console.Write(table);
        foreach (var record in records)
        {
            console.WriteLine($"beta {record.Beta.ToString("R", CultureInfo.InvariantCulture)}, {(record.Exact ? "exact" : "estimated")}: {record.Basis}");
        }

        void Row(string name, Func<EvaluationRecord, double?> value)
        {
            if (records.Any(record => value(record) is not null))
            {
                table.AddRow([new Text(name), .. records.Select(record => new Text(Figures.Number(value(record))))]);
            }
        }
    }
}
