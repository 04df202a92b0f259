using System.CommandLine;
using System.Globalization;
using System.Text.Json.Serialization;

using Spectre.Console;

using Tempera.Client.CommandLine;
using Tempera.Client.Directories;
using Tempera.Client.Exports;
using Tempera.Client.Running;
using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Commands;

/// <summary><c>tempera sample CAMPAIGN --beta B -n N</c>: objects from the policy at any beta.</summary>
internal static class SampleCommand
{
    private sealed record SampleLine(float Beta, string Object, double LogProbability, double? Score, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Smiles);

    /// <summary>Creates the verb.</summary>
    public static Command Create(CommandEnvironment environment, CommonOptions common)
    {
        var command = new Command("sample", "Draw objects from the policy at any beta, with log-probabilities and known scores.");
        var campaign = CampaignArgument.Create();
        var betas = Parsers.Betas("Inverse temperature, above 0; repeatable.");
        betas.Required = true;
        var count = Parsers.Whole("--count", 1, 1_000_000, "N", "Objects a beta (default 10).", "-n");
        var seed = Parsers.Seed("Seed of the draw; the same one gives the same objects (default 0).");
        var score = new Option<bool>("--score") { Description = "Also score objects that are not evaluated yet; these are no oracle calls of the campaign." };
        var csv = new Option<bool>("--csv") { Description = "Print CSV." };
        var fasta = new Option<bool>("--fasta") { Description = "Print FASTA." };
        command.Arguments.Add(campaign);
        foreach (var option in (Option[])[betas, count, seed, score, csv, fasta])
        {
            command.Options.Add(option);
        }

        command.SetAction((result, cancellationToken) =>
        {
            var directory = RunDirectory.Find(environment, result.GetRequiredValue(campaign));
            return CampaignArgument.Read(environment, directory, result.GetValue(common.Verbose), async (grain, _) =>
            {
                foreach (var (beta, index) in result.GetRequiredValue(betas).Select(static (beta, index) => (beta, index)))
                {
                    var drawn = await grain.Sample(new(beta, (int)(result.GetValue(count) ?? 10), result.GetValue(seed) ?? 0, result.GetValue(score)));
                    if (result.GetValue(common.Json))
                    {
                        JsonLines.Write(environment.Output, drawn.Objects.Select(o => new SampleLine(beta, o.Object, o.LogProbability, o.Score, o.Smiles)));
                    }
                    else if (result.GetValue(csv))
                    {
                        WriteCsv(environment.Output, drawn, header: index == 0);
                    }
                    else if (result.GetValue(fasta))
                    {
                        WriteFasta(environment.Output, drawn, first: (index * drawn.Objects.Length) + 1);
                    }
                    else
                    {
                        Show(environment.Console, drawn);
                    }
                }

                return ExitCode.Done;
            }, cancellationToken);
        });
        return command;
    }

    private static void WriteCsv(TextWriter output, SampleResult drawn, bool header)
    {
        if (header)
        {
            output.WriteLine("beta,object,log_probability,score" + (IsMolecules(drawn) ? ",smiles" : ""));
        }

        foreach (var o in drawn.Objects)
        {
            output.WriteLine($"{Exact(drawn.Beta)},{Csv.Field(o.Object)},{Figures.Exact(o.LogProbability)},{(o.Score is { } score ? Figures.Exact(score) : "")}{(o.Smiles is { } smiles ? "," + Csv.Field(smiles) : "")}");
        }
    }

    private static void WriteFasta(TextWriter output, SampleResult drawn, int first)
    {
        foreach (var (o, index) in drawn.Objects.Select(static (o, index) => (o, index)))
        {
            Fasta.Write(output, $"sample_{first + index}", o.Object, ("beta", Exact(drawn.Beta)), ("log_probability", Figures.Exact(o.LogProbability)),
                ("score", o.Score is { } score ? Figures.Exact(score) : "unknown"));
        }
    }

    private static void Show(IAnsiConsole console, SampleResult drawn)
    {
        console.WriteLine($"beta {Exact(drawn.Beta)}", new Style(decoration: Decoration.Bold));
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("Object").AddColumn(new TableColumn("log p(x)").RightAligned()).AddColumn(new TableColumn("Score").RightAligned());
        if (IsMolecules(drawn))
        {
            table.AddColumn("SMILES");
        }

        foreach (var o in drawn.Objects)
        {
            Text[] cells = [new(o.Object), new(Figures.Number(o.LogProbability)), new(Figures.Number(o.Score))];
            table.AddRow(o.Smiles is { } smiles ? [.. cells, new Text(smiles)] : cells);
        }

        console.Write(table);
    }

    private static bool IsMolecules(SampleResult drawn) => drawn.Objects.Any(static o => o.Smiles is not null);

    private static string Exact(float value) => value.ToString("R", CultureInfo.InvariantCulture);
}
