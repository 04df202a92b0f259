using System.Collections.Immutable;

using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Grains.Tasks;
using Tempera.Model.Tasks;
using Tempera.Silo.Data;

namespace Tempera.Silo.Tools;

/// <summary>Specifications checked and completed without a silo, by the rules a campaign applies.</summary>
public static class SpecificationTools
{
    /// <summary>The specification with every default filled in.</summary>
    /// <exception cref="TemperaException">InvalidSetting, UnknownTask or TaskData; the message states rule, value and remedy.</exception>
    public static CampaignSpecification Resolve(CampaignSpecification specification) =>
        Resolver().Resolve(specification).Specification;

    /// <summary>The task of a name under some settings, which may also be the learner's.</summary>
    /// <exception cref="TemperaException">As for <see cref="Resolve"/>.</exception>
    internal static DesignTask CreateTask(string task, IReadOnlyDictionary<string, string> settings) =>
        Resolver().Resolve(new CampaignSpecification { Task = task, Settings = settings.ToImmutableSortedDictionary(StringComparer.Ordinal) }).Task;

    private static SpecificationResolver Resolver() => new(new CatalogTaskProvider(TaskDataFolder.OfProcess()));
}
