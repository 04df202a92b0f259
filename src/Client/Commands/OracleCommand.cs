using System.CommandLine;

using Tempera.Client.CommandLine;
using Tempera.Client.Engine;
using Tempera.Client.Exports;
using Tempera.Client.Running;

namespace Tempera.Client.Commands;

/// <summary><c>tempera oracle TASK --input FILE|-</c>: scores objects as they arrive, one line <c>object,score</c> each.</summary>
internal static class OracleCommand
{
    /// <summary>Objects scored together: enough to keep all processors busy.</summary>
    private const int Chunk = 4096;

    private sealed record OracleLine(string Object, double Score);

    private sealed record Scored(int Line, string Object, double Score, string? Error);

    /// <summary>Creates the verb.</summary>
    public static Command Create(CommandEnvironment environment, CommonOptions common)
    {
        var command = new Command("oracle", "Score objects, one a line -> object,score. Reads plain lines or FASTA; lower case letters count as upper case.");
        var task = new Argument<string>("TASK") { Description = "A built-in task; `tempera tasks` lists them." };
        var input = new Option<string>("--input", "-i") { Description = "File of objects, or - for standard input.", HelpName = "FILE|-", Required = true };
        var settings = SpecificationOptions.TaskSettings();
        command.Arguments.Add(task);
        command.Options.Add(input);
        command.Options.Add(settings);
        command.SetAction((result, cancellationToken) =>
        {
            var name = result.GetRequiredValue(task);
            TaskNames.Require(environment, name);
            var scorer = environment.Engine.OpenOracle(name, SpecificationOptions.Assignments(result.GetValue(settings), environment));
            using var reader = Open(environment, result.GetRequiredValue(input));
            return Task.FromResult(Run(environment, scorer, reader, result.GetValue(common.Json), cancellationToken));
        });
        return command;
    }

    private static TextReader Open(CommandEnvironment environment, string input)
    {
        try
        {
            return input == "-" ? environment.OpenInput() : new StreamReader(environment.FullPath(input));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Usage($"--input takes a readable file, or - for standard input; received '{input}': {error.Message} Correct the path.");
        }
    }

    private static int Run(CommandEnvironment environment, IObjectScorer scorer, TextReader input, bool json, CancellationToken cancellationToken)
    {
        var objects = new ObjectReader(input);
        var chunk = new List<(int Line, string Text)>(Chunk);
        var bad = 0;
        while (objects.Next() is { } first)
        {
            chunk.Add(first);
            while (chunk.Count < Chunk && objects.IsReady && objects.Next() is { } next)
            {
                chunk.Add(next);
            }

            cancellationToken.ThrowIfCancellationRequested();
            foreach (var scored in chunk.AsParallel().AsOrdered().Select(item => Score(scorer, item.Line, item.Text)))
            {
                bad += Write(environment, scored, json) ? 0 : 1;
            }

            environment.Output.Flush();
            chunk.Clear();
        }

        if (bad > 0)
        {
            environment.Error.WriteLine($"tempera: {Figures.Count(bad)} {(bad == 1 ? "object was" : "objects were")} not scored; correct {(bad == 1 ? "it" : "them")} and score {(bad == 1 ? "it" : "them")} again.");
        }

        return bad == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>Alphabets may tell case apart, so the text is tried as it stands first.</summary>
    private static Scored Score(IObjectScorer scorer, int line, string text)
    {
        if (scorer.TryScore(text, out var score, out var error))
        {
            return new(line, text, score, null);
        }

        var upper = text.ToUpperInvariant();
        return upper != text && scorer.TryScore(upper, out score, out _) ? new(line, upper, score, null) : new(line, text, double.NaN, error);
    }

    private static bool Write(CommandEnvironment environment, Scored scored, bool json)
    {
        if (scored.Error is { } error)
        {
            environment.Error.WriteLine($"line {scored.Line}: {error}");
            return false;
        }

        environment.Output.WriteLine(json ? JsonLines.Line(new OracleLine(scored.Object, scored.Score)) : $"{Csv.Field(scored.Object)},{Figures.Exact(scored.Score)}");
        return true;
    }
}
