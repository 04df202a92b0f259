using Tempera.Model.Settings;
using Tempera.Model.Tasks;

namespace Tempera.Grains.Tasks;

/// <summary>Where campaigns get their design tasks from.</summary>
public interface ITaskProvider
{
    /// <summary>Creates a task and takes its own settings out of <paramref name="settings"/>; what remains is for the learner.</summary>
    /// <exception cref="SettingException">No task has this name (setting <c>task</c>), or a task setting is wrong.</exception>
    /// <exception cref="Model.Tasks.Data.TaskDataException">The task's data is missing or not what it should be.</exception>
    DesignTask Create(string name, IDictionary<string, string> settings);
}
