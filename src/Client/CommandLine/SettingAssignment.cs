namespace Tempera.Client.CommandLine;

/// <summary>Parses <c>key=value</c>.</summary>
internal static class SettingAssignment
{
    /// <summary>Splits at the first '='; the key takes snake_case, so that <c>learning-rate</c> means <c>learning_rate</c>.</summary>
    /// <exception cref="CommandException">There is no '=' or no key.</exception>
    public static (string Key, string Value) Parse(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        if (at <= 0)
        {
            throw CommandException.Usage($"--set takes key=value; received '{text}'. Write it as in --set width=64.");
        }

        return (Normalise(text[..at]), text[(at + 1)..].Trim());
    }

    /// <summary>The snake_case name of a setting.</summary>
    public static string Normalise(string key) => key.Trim().Replace('-', '_').ToLowerInvariant();
}
