using System.Text;

namespace Tempera.Client.CommandLine;

/// <summary>Passes text on without the spaces at the ends of its lines, with which tables are padded.</summary>
internal sealed class TrimmedLines(TextWriter inner) : TextWriter
{
    private readonly StringBuilder _line = new();

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value)
    {
        if (value != '\n')
        {
            _line.Append(value);
            return;
        }

        inner.Write(_line.ToString().TrimEnd());
        inner.Write('\n');
        _line.Clear();
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        inner.Write(_line.ToString());
        _line.Clear();
        inner.Flush();
    }
}
