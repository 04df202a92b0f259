using System.Text.Json;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks;
using Tempera.Model.Tasks.Data;

namespace Tempera.Model.Molecules;

/// <summary>
/// The building blocks of a molecule task. The blocks of a string are laid out from left to right; a single bond joins the
/// right stem atom of each to the left stem atom of the next.
/// </summary>
/// <remarks>Thread safe.</remarks>
public sealed class BlockLibrary : IObjectNotation
{
    private readonly Block[] _blocks;
    private readonly int _bits;

    private BlockLibrary(Block[] blocks) => (_blocks, _bits) = (blocks, PackedSequence.BitsPerSymbol(blocks.Length));

    /// <inheritdoc/>
    public string Name => "smiles";

    /// <summary>Reads <c>blocks.json</c>; its symbols must be those of the alphabet, in order.</summary>
    /// <exception cref="TaskDataException">The file is another one.</exception>
    public static BlockLibrary Read(TaskFile file, string name, string alphabet)
    {
        try
        {
            using var document = JsonDocument.Parse(file.Content);
            var elements = document.RootElement.GetProperty("blocks").EnumerateArray().ToArray();
            if (string.Concat(elements.Select(static element => element.GetProperty("symbol").GetString())) != alphabet)
            {
                throw new FormatException($"its symbols are not {alphabet}.");
            }

            return new BlockLibrary([.. elements.Select(static element => new Block(
                SmilesReader.Read(element.GetProperty("smiles").GetString()!),
                element.GetProperty("left_stem_atom").GetInt32(),
                element.GetProperty("right_stem_atom").GetInt32()))]);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new TaskDataException($"A list of blocks has symbols, SMILES and stem atoms; '{name}' cannot be read: {exception.Message} Restore the file.", exception);
        }
    }

    /// <summary>The molecule of a string of blocks.</summary>
    public Molecule Assemble(UInt128 terminal)
    {
        var molecule = (Molecule?)null;
        var stem = 0;
        for (var position = 0; position < PackedSequence.Length(terminal); position++)
        {
            var block = _blocks[PackedSequence.Symbol(terminal, position, _bits)];
            var offset = molecule?.Atoms.Count ?? 0;
            molecule = molecule?.Join(stem, block.Molecule, block.LeftStem) ?? block.Molecule;
            stem = offset + block.RightStem;
        }

        return molecule ?? throw new ArgumentException("A molecule has at least one block; received an empty string. Pass terminal objects.", nameof(terminal));
    }

    /// <inheritdoc/>
    public string Write(UInt128 terminal) => SmilesWriter.Write(Assemble(terminal));

    private sealed record Block(Molecule Molecule, int LeftStem, int RightStem);
}
