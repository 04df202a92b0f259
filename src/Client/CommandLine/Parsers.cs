using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Tempera.Client.CommandLine;

/// <summary>Options and arguments whose errors state the rule, the value received and the remedy.</summary>
internal static class Parsers
{
    /// <summary>A whole number of at least <paramref name="minimum"/>.</summary>
    public static Option<long?> Whole(string name, long minimum, long maximum, string helpName, string description, params string[] aliases) =>
        new(name, aliases)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result => ParseWhole(result, name, minimum, maximum),
        };

    /// <summary>An unsigned 64-bit seed.</summary>
    public static Option<ulong?> Seed(string description) => new("--seed")
    {
        Description = description,
        HelpName = "S",
        CustomParser = static result =>
        {
            if (ulong.TryParse(Text(result), NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
            {
                return seed;
            }

            result.AddError($"--seed is a whole number from 0 to {ulong.MaxValue}; received '{Text(result)}'. Give one, for example --seed 1.");
            return null;
        },
    };

    /// <summary>One or more inverse temperatures above 0.</summary>
    public static Option<float[]> Betas(string description) => new("--beta", "-b")
    {
        Description = description,
        HelpName = "B",
        AllowMultipleArgumentsPerToken = true,
        CustomParser = static result =>
        {
            var betas = new List<float>();
            foreach (var token in result.Tokens)
            {
                foreach (var part in token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                {
                    if (!float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var beta) || !float.IsFinite(beta) || beta <= 0)
                    {
                        result.AddError($"--beta is a finite number above 0; received '{part}'. Give one, for example --beta 2.");
                        return [];
                    }

                    betas.Add(beta);
                }
            }

            if (betas.Count == 0)
            {
                result.AddError($"--beta is a finite number above 0; received '{Text(result)}'. Give one, for example --beta 2.");
            }

            return [.. betas];
        },
    };

    private static long? ParseWhole(ArgumentResult result, string name, long minimum, long maximum)
    {
        var text = Text(result).Replace("_", "", StringComparison.Ordinal);
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum)
        {
            return value;
        }

        var range = maximum == long.MaxValue ? $"of at least {minimum:N0}" : $"from {minimum:N0} to {maximum:N0}";
        result.AddError($"{name} is a whole number {range}; received '{Text(result)}'. Give a number in that range.");
        return null;
    }

    private static string Text(ArgumentResult result) => result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
}
