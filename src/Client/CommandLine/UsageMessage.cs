using System.CommandLine;
using System.CommandLine.Parsing;

namespace Tempera.Client.CommandLine;

/// <summary>Says in one sentence what is wrong with a command line and how to get it right.</summary>
internal static class UsageMessage
{
    /// <summary>The message for a parse that failed; <paramref name="settings"/> are the names that <c>--set</c> takes.</summary>
    public static string For(ParseResult result, IEnumerable<string> settings)
    {
        var command = result.CommandResult.Command;
        var path = PathOf(result.CommandResult);
        if (result.UnmatchedTokens is [var unknown, ..])
        {
            var setting = unknown.TrimStart('-').Split('=')[0].Replace('-', '_');
            if (unknown.StartsWith("--", StringComparison.Ordinal) && OptionsInReach(result.CommandResult).Contains("--set") && settings.Contains(setting))
            {
                return $"`{path}` has no option '{unknown}'; {setting} is a setting: write `--set {setting}=VALUE`.";
            }

            var words = unknown.StartsWith('-')
                ? OptionsInReach(result.CommandResult)
                : command.Subcommands.Select(static verb => verb.Name);
            var kind = unknown.StartsWith('-') ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
            var meant = Nearest.Find(unknown, words);
            return $"`{path}` has no {kind} '{unknown}'{(meant is null ? "." : $"; did you mean '{meant}'?")} `{path} --help` lists what it has.";
        }

        var message = result.Errors[0].Message.TrimEnd('.');
        return OwnMessage(result.Errors[0]) ? result.Errors[0].Message : $"{message}. `{path} --help` shows the form.";
    }

    private static bool OwnMessage(ParseError error) => error.Message.Contains("; received '", StringComparison.Ordinal);

    private static IEnumerable<string> OptionsInReach(CommandResult result)
    {
        for (SymbolResult? at = result; at is not null; at = at.Parent)
        {
            foreach (var option in at is CommandResult command ? command.Command.Options : [])
            {
                yield return option.Name;
            }
        }
    }

    private static string PathOf(CommandResult result)
    {
        var names = new Stack<string>();
        for (SymbolResult? at = result; at is CommandResult command; at = at.Parent)
        {
            names.Push(command.Command is RootCommand ? "tempera" : command.Command.Name);
        }

        return string.Join(' ', names);
    }
}
