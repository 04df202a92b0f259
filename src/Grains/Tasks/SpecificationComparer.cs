using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;

namespace Tempera.Grains.Tasks;

/// <summary>
/// Whether two resolved specifications ask for the same campaign. <c>device</c>, <c>device_memory_mib</c>, <c>threads</c> and the path of a table are facts
/// of the machine that runs it, on which its results do not depend; they may differ. The table's content may not: its checksum
/// is a setting too.
/// </summary>
internal static class SpecificationComparer
{
    private static readonly string[] HostFacts = ["device", "device_memory_mib", "threads", "file"];

    /// <summary>Throws when the specifications differ, naming the first setting that does.</summary>
    /// <exception cref="TemperaException">They differ.</exception>
    public static void RequireSame(string campaignId, CampaignSpecification existing, CampaignSpecification requested)
    {
        foreach (var (name, old, wanted) in Pairs(existing, requested))
        {
            if (old != wanted)
            {
                throw new TemperaException(TemperaError.CampaignConflict,
                    $"A campaign keeps its specification; '{campaignId}' has {name}={old ?? "(none)"} and the request {name}={wanted ?? "(none)"}. {Remedy(name)}");
            }
        }
    }

    /// <summary>The existing specification with the host facts of the requested one.</summary>
    public static CampaignSpecification WithHostFacts(CampaignSpecification existing, CampaignSpecification requested)
    {
        var settings = existing.Settings;
        foreach (var name in HostFacts)
        {
            settings = requested.Settings.TryGetValue(name, out var value) ? settings.SetItem(name, value) : settings;
        }

        return existing with { Settings = settings };
    }

    private static IEnumerable<(string Name, string? Old, string? Wanted)> Pairs(CampaignSpecification existing, CampaignSpecification requested)
    {
        yield return ("task", existing.Task, requested.Task);
        yield return ("seed", existing.Seed.ToString(), requested.Seed.ToString());
        foreach (var name in existing.Settings.Keys.Union(requested.Settings.Keys).Except(HostFacts))
        {
            yield return (name, existing.Settings.GetValueOrDefault(name), requested.Settings.GetValueOrDefault(name));
        }

        yield return ("budget", existing.Budget?.ToString(), requested.Budget?.ToString());
        yield return ("rounds", existing.Rounds?.ToString(), requested.Rounds?.ToString());
    }

    private static string Remedy(string name) => name == "rounds"
        ? "Ask for further rounds of the existing campaign with discover, or choose another id or directory."
        : $"Leave {name} as it was to carry on, or choose another id or directory for a new campaign.";
}
