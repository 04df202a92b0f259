using System.Globalization;
using System.Text.RegularExpressions;

using Tempera.Silo.Devices;

namespace Tempera.Silo.Accelerators;

/// <summary>What a silo announces of its GPUs: kind, how many, and the memory of each; as text <c>cuda:2:80GiB</c>.</summary>
/// <param name="Count">How many.</param>
/// <param name="Bytes">Memory of each.</param>
public sealed partial record AcceleratorAnnouncement(int Count, long Bytes)
{
    /// <summary>What operators may write.</summary>
    public const string Rule = "auto, none or KIND:COUNT:MEMORY such as cuda:2:80GiB, with KIND cuda, COUNT 1 to 64 and MEMORY in MiB or GiB";

    /// <summary>Key of the silo's metadata.</summary>
    internal const string MetadataKey = "tempera.accelerators";

    private const int MaxIndex = 64;

    /// <summary>Reads what an operator wrote or a silo announced, but for <c>auto</c> and <c>none</c>; null for anything else.</summary>
    public static AcceleratorAnnouncement? Parse(string text)
    {
        if (Text().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var count = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        var size = long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
        return count is >= 1 and <= MaxIndex && size > 0 ? new AcceleratorAnnouncement(count, size << (match.Groups[3].Value == "GiB" ? 30 : 20)) : null;
    }

    /// <summary>What the driver says: the GPUs this process sees, each taken for as large as the smallest; null without any.</summary>
    public static AcceleratorAnnouncement? OfDriver()
    {
        var sizes = new List<long>();
        while (sizes.Count < MaxIndex && NvidiaManagement.Read(sizes.Count) is { } facts)
        {
            sizes.Add(facts.TotalBytes - facts.ReservedBytes);
        }

        return sizes.Count == 0 ? null : new AcceleratorAnnouncement(sizes.Count, sizes.Min());
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"cuda:{Count}:{Bytes >> 20}MiB");

    [GeneratedRegex(@"^cuda:(\d{1,2}):(\d{1,7})(MiB|GiB)$")]
    private static partial Regex Text();
}
