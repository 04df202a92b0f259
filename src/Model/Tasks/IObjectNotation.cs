namespace Tempera.Model.Tasks;

/// <summary>A way to write terminal objects that people of the field read, beside the text that the design space parses.</summary>
/// <remarks>Implementations are safe to use from several threads.</remarks>
public interface IObjectNotation
{
    /// <summary>Name in lower case, which also heads a column, for example <c>smiles</c>.</summary>
    string Name { get; }

    /// <summary>Writes a terminal object.</summary>
    string Write(UInt128 terminal);
}
