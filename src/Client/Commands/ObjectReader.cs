using System.Text;

namespace Tempera.Client.Commands;

/// <summary>
/// Reads objects from text: one a line, blank lines skipped; or FASTA when the first line that is not blank begins with '>'
/// (headers skipped, a sequence may span lines).
/// </summary>
internal sealed class ObjectReader(TextReader reader)
{
    private readonly StringBuilder _sequence = new();
    private int _line;
    private int _sequenceLine;
    private bool? _isFasta;

    /// <summary>True when more text can be had without waiting for its writer.</summary>
    public bool IsReady => reader.Peek() >= 0;

    /// <summary>The next object with the number of the line it begins on; null at the end.</summary>
    public (int Line, string Text)? Next()
    {
        while (reader.ReadLine() is { } raw)
        {
            _line++;
            var line = raw.Trim();
            if (line.Length == 0)
            {
                continue;
            }

            _isFasta ??= line[0] == '>';
            if (_isFasta is false)
            {
                return (_line, line);
            }

            if (line[0] is '>' or ';')
            {
                if (Take() is { } complete)
                {
                    return complete;
                }
            }
            else
            {
                _sequenceLine = _sequence.Length == 0 ? _line : _sequenceLine;
                _sequence.Append(line);
            }
        }

        return Take();
    }

    private (int, string)? Take()
    {
        if (_sequence.Length == 0)
        {
            return null;
        }

        var text = _sequence.ToString();
        _sequence.Clear();
        return (_sequenceLine, text);
    }
}
