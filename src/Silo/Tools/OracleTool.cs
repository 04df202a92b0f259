using System.Diagnostics.CodeAnalysis;

using Tempera.Contracts.Errors;
using Tempera.Model.Tasks;

namespace Tempera.Silo.Tools;

/// <summary>A task's oracle, asked for single objects written as text.</summary>
/// <remarks>Safe to use from several threads.</remarks>
public sealed class OracleTool
{
    private readonly DesignTask _task;

    private OracleTool(DesignTask task) => _task = task;

    /// <summary>Name and version of the oracle.</summary>
    public string Version => _task.Oracle.Version;

    /// <summary>Opens the oracle of a task under some settings.</summary>
    /// <exception cref="TemperaException">UnknownTask or InvalidSetting.</exception>
    public static OracleTool Open(string task, IReadOnlyDictionary<string, string> settings) => new(SpecificationTools.CreateTask(task, settings));

    /// <summary>Scores an object; on failure the error states the rule, the value received and the remedy.</summary>
    public bool TryScore(string text, out double score, [NotNullWhen(false)] out string? error)
    {
        score = double.NaN;
        if (!_task.Space.TryParse(text, out var terminal, out error))
        {
            return false;
        }

        Span<double> scores = stackalloc double[1];
        _task.Oracle.Score([terminal], scores);
        score = scores[0];
        return true;
    }
}
