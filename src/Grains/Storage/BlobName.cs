using Tempera.Contracts.Errors;

namespace Tempera.Grains.Storage;

/// <summary>
/// The rule for blob names: 1 to 512 characters, segments joined by '/', each of 1 to 128 letters a-z and A-Z, digits, '-', '_'
/// and '.', the first not a '.'. So no name is absolute, climbs out of the store or meets the store's own files.
/// </summary>
public static class BlobName
{
    private const int MaxLength = 512;
    private const int MaxSegment = 128;

    /// <summary>Returns the name, or throws when it breaks the rule.</summary>
    /// <exception cref="TemperaException">The name breaks the rule.</exception>
    public static string Validate(string name) => IsValid(name) ? name : throw Broken("name", name);

    /// <summary>Returns the prefix, or throws when no name can begin with it.</summary>
    /// <exception cref="TemperaException">No name can begin with it.</exception>
    public static string ValidatePrefix(string prefix) =>
        prefix.Length == 0 || IsValid(prefix.EndsWith('/') ? prefix + "a" : prefix) ? prefix : throw Broken("prefix", prefix);

    /// <summary>True when the name keeps the rule.</summary>
    public static bool IsValid(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > MaxLength)
        {
            return false;
        }

        foreach (var range in name.Split('/'))
        {
            var segment = name[range];
            if (segment.Length is 0 or > MaxSegment || segment[0] == '.' || segment.ContainsAnyExcept(Allowed))
            {
                return false;
            }
        }

        return true;
    }

    private static readonly System.Buffers.SearchValues<char> Allowed =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    private static TemperaException Broken(string kind, string value) => new(TemperaError.Storage,
        $"A blob {kind} has segments of 1 to {MaxSegment} letters, digits, '-', '_' and '.' (not first), joined by '/', at most {MaxLength} characters in all; received '{Printable(value)}'. Choose another name.");

    private static string Printable(string value) =>
        string.Concat(value.Take(MaxSegment).Select(static c => char.IsControl(c) ? '?' : c));
}
