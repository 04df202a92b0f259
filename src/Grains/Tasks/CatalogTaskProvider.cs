using Tempera.Model.Tasks;

namespace Tempera.Grains.Tasks;

/// <summary>The built-in tasks.</summary>
public sealed class CatalogTaskProvider : ITaskProvider
{
    /// <inheritdoc/>
    public DesignTask Create(string name, IDictionary<string, string> settings) => TaskCatalog.Create(name, settings);
}
