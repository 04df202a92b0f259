using System.Globalization;

using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Directories;

/// <summary>One setting in which two specifications differ.</summary>
/// <param name="Setting">Its name.</param>
/// <param name="Recorded">The value of the run that exists.</param>
/// <param name="Requested">The value asked for.</param>
internal sealed record SpecificationDifference(string Setting, string Recorded, string Requested)
{
    /// <summary>Facts of the host, which a resumed run may change.</summary>
    public static readonly IReadOnlySet<string> HostSettings = new HashSet<string>(StringComparer.Ordinal) { "device", "threads", "file" };

    /// <summary>The differences that make two resolved specifications different campaigns; rounds may grow and do not count.</summary>
    public static IReadOnlyList<SpecificationDifference> Find(CampaignSpecification recorded, CampaignSpecification requested)
    {
        var differences = new List<SpecificationDifference>();
        Compare("task", recorded.Task, requested.Task);
        Compare("seed", Text(recorded.Seed), Text(requested.Seed));
        Compare("budget", Text(recorded.Budget), Text(requested.Budget));
        foreach (var name in recorded.Settings.Keys.Union(requested.Settings.Keys).Where(static name => !HostSettings.Contains(name)).Order(StringComparer.Ordinal))
        {
            Compare(name, recorded.Settings.GetValueOrDefault(name, "none"), requested.Settings.GetValueOrDefault(name, "none"));
        }

        return differences;

        void Compare(string name, string left, string right)
        {
            if (left != right)
            {
                differences.Add(new(name, left, right));
            }
        }
    }

    private static string Text(ulong value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "none";
}
