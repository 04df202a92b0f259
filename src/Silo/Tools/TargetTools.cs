using Tempera.Contracts.Errors;
using Tempera.Model.Evaluation;
using Tempera.Model.Tasks;

namespace Tempera.Silo.Tools;

/// <summary>Exact facts about targets, for reports.</summary>
public static class TargetTools
{
    /// <summary>Facts about a task's target: those it comes with, or counted from all its objects where they can be enumerated; else null.</summary>
    /// <exception cref="TemperaException">UnknownTask or InvalidSetting.</exception>
    public static TargetSummary? Describe(string task, IReadOnlyDictionary<string, string> settings)
    {
        var design = SpecificationTools.CreateTask(task, settings);
        var statistics = design.Target ?? (ExactDistribution.CanEnumerate(design.Space) ? Count(design) : null);
        return statistics is null ? null : new TargetSummary(statistics, design.Reward);
    }

    private static TargetHistogram Count(DesignTask task)
    {
        var objects = task.Space.EnumerateObjects().ToArray();
        var scores = new double[objects.Length];
        task.Oracle.Score(objects, scores);
        return new TargetHistogram(objects, scores, task.Modes);
    }
}
