using System.Reflection;

namespace Tempera.Client.Tests.Architecture;

/// <summary>The five assemblies of the product and the arrows that docs/architecture.md allows between them.</summary>
internal static class Layers
{
    public const string Model = "Tempera.Model", Contracts = "Tempera.Contracts", Grains = "Tempera.Grains", Silo = "Tempera.Silo", Client = "tempera";

    /// <summary>What each assembly may reference of ours. Silo's tools use Model, which it reaches through Grains.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Arrows = new Dictionary<string, string[]>
    {
        [Model] = [],
        [Contracts] = [],
        [Grains] = [Contracts, Model],
        [Silo] = [Contracts, Grains, Model],
        [Client] = [Contracts, Silo],
    };

    public static Assembly Load(string name) => Assembly.Load(name);

    /// <summary>Our assemblies that an assembly references, by name.</summary>
    public static IEnumerable<string> ReferencesOf(Assembly assembly) => assembly.GetReferencedAssemblies()
        .Select(static reference => reference.Name!).Where(Arrows.ContainsKey);
}
