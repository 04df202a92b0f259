using System.Collections.Concurrent;
using System.Collections.Immutable;

using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Model.Settings;
using Tempera.Model.Tasks;
using Tempera.Model.Tasks.Data;

namespace Tempera.Grains.Tasks;

/// <summary>A specification with everything it stands for.</summary>
/// <param name="Specification">With every setting as text, so that later changes of defaults alter nothing.</param>
/// <param name="Task">The design task.</param>
/// <param name="Settings">The learner's settings.</param>
public sealed record ResolvedSpecification(CampaignSpecification Specification, DesignTask Task, LearnerSettings Settings);

/// <summary>Validates specifications and fills in what they leave open. The grains of one campaign share one task while any of them uses it.</summary>
public sealed class SpecificationResolver(ITaskProvider tasks)
{
    private const int MaxRounds = 10_000_000;

    private readonly ConcurrentDictionary<string, WeakReference<ResolvedSpecification>> _resolved = new(StringComparer.Ordinal);

    /// <summary>Resolves a specification; one that is resolved stays as it is.</summary>
    /// <exception cref="TemperaException">
    /// The task is unknown, its data is missing or another, or a setting is unknown, malformed or out of range.
    /// </exception>
    public ResolvedSpecification Resolve(CampaignSpecification specification)
    {
        var key = Key(specification);
        if (_resolved.TryGetValue(key, out var reference) && reference.TryGetTarget(out var known))
        {
            return known;
        }

        foreach (var (old, dead) in _resolved)
        {
            if (!dead.TryGetTarget(out _))
            {
                _resolved.TryRemove(old, out _);
            }
        }

        var resolved = ResolveNow(specification);
        _resolved[key] = new WeakReference<ResolvedSpecification>(resolved);
        return resolved;
    }

    private ResolvedSpecification ResolveNow(CampaignSpecification specification)
    {
        if (specification.Rounds is < 1 or > MaxRounds)
        {
            throw Invalid($"rounds must be 1 to {MaxRounds}; received {specification.Rounds}. Give a number in that range, or none for the task's default.");
        }

        if (specification.Budget < 1)
        {
            throw Invalid($"budget must be at least 1; received {specification.Budget}. Give a positive number of oracle calls, or none for no limit.");
        }

        try
        {
            var remaining = new Dictionary<string, string>(specification.Settings, StringComparer.Ordinal);
            var task = tasks.Create(specification.Task, remaining);
            var settings = SettingCatalog.Resolve(task, remaining, new CampaignPlan(specification.Rounds ?? task.Defaults.Rounds, specification.Budget));
            var text = task.Settings.Concat(SettingCatalog.Describe(settings));
            var resolved = specification with
            {
                Rounds = specification.Rounds ?? (settings.Offline ? OfflineData.Rounds : task.Defaults.Rounds),
                Settings = text.ToImmutableSortedDictionary(StringComparer.Ordinal),
            };
            return new ResolvedSpecification(resolved, task, settings);
        }
        catch (TaskDataException exception)
        {
            throw new TemperaException(TemperaError.TaskData, exception.Message);
        }
        catch (SettingException exception)
        {
            throw exception.Setting == "task" ? new TemperaException(TemperaError.UnknownTask, exception.Message) : Invalid(exception.Message);
        }
    }

    private static string Key(CampaignSpecification specification) => string.Join('\n',
        specification.Settings.Select(static pair => $"{pair.Key}={pair.Value}")
            .Append($"{specification.Task}|{specification.Rounds}|{specification.Budget}|{specification.Seed}"));

    private static TemperaException Invalid(string message) => new(TemperaError.InvalidSetting, message);
}
