using System.Text.Json;

using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Directories;

/// <summary>Reads events.jsonl while the campaign may be writing it: a torn last line is left out.</summary>
internal static class EventLog
{
    /// <summary>The events of a file in order, up to a round; none when it does not exist.</summary>
    public static IEnumerable<CampaignEvent> Read(string path, int lastRound = int.MaxValue)
    {
        if (!File.Exists(path))
        {
            yield break;
        }

        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        while (reader.ReadLine() is { } line)
        {
            if (Parse(line) is { } e && e.Round <= lastRound)
            {
                yield return e;
            }
        }
    }

    private static CampaignEvent? Parse(string line)
    {
        try
        {
            return line.Length == 0 ? null : CampaignEventJson.Read(line);
        }
        catch (Exception error) when (error is JsonException or FormatException or KeyNotFoundException)
        {
            return null;
        }
    }
}
