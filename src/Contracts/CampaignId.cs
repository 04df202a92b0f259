using Tempera.Contracts.Errors;

namespace Tempera.Contracts;

/// <summary>The rule for campaign ids, which are also folder names: 1..64 of a-z, 0-9, '-', '_' and '.', beginning with a letter or digit.</summary>
public static class CampaignId
{
    /// <summary>Returns the id, or throws when it breaks the rule.</summary>
    /// <exception cref="TemperaException">The id breaks the rule.</exception>
    public static string Validate(string id) => IsValid(id)
        ? id
        : throw new TemperaException(TemperaError.InvalidSetting,
            $"A campaign id has 1 to 64 characters of a-z, 0-9, '-', '_', '.', the first a letter or digit; received '{id}'. Choose another id.");

    /// <summary>True when the id keeps the rule.</summary>
    public static bool IsValid(string id) =>
        id is { Length: >= 1 and <= 64 } && char.IsAsciiLetterOrDigit(id[0])
        && id.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.');
}
