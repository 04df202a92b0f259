using Tempera.Model.Tasks;
using Tempera.Model.Tasks.Data;

namespace Tempera.Grains.Tasks;

/// <summary>The built-in tasks.</summary>
/// <param name="data">Opens the files of tasks that have some.</param>
public sealed class CatalogTaskProvider(ITaskData data) : ITaskProvider
{
    /// <inheritdoc/>
    public DesignTask Create(string name, IDictionary<string, string> settings) => TaskCatalog.Create(name, settings, data);
}
