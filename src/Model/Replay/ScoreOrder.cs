using Tempera.Model.Collections;

namespace Tempera.Model.Replay;

/// <summary>Row numbers sorted by (score, row), kept sorted as batches of rows are appended.</summary>
internal sealed class ScoreOrder(ChunkedColumn<double> scores) : IComparer<int>
{
    private int[] _rows = new int[256];

    /// <summary>Rows in order.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of the array behind the order.</summary>
    public long AllocatedBytes => _rows.LongLength * sizeof(int);

    /// <summary>The row at a rank, lowest score first.</summary>
    public int this[int rank] => _rows[rank];

    /// <summary>Takes in the rows from <see cref="Count"/> to the end of the score column.</summary>
    public void Append()
    {
        var (from, count) = (Count, scores.Count - Count);
        if (_rows.Length < scores.Count)
        {
            Array.Resize(ref _rows, (int)Math.Min(Array.MaxLength, Math.Max(scores.Count, _rows.Length * 5L / 4)));
        }

        Span<int> batch = count <= 256 ? stackalloc int[count] : new int[count];
        for (var i = 0; i < count; i++)
        {
            batch[i] = from + i;
        }

        batch.Sort(this);

        // From the highest newcomer down: everything above it moves up by the number of newcomers still to place.
        var end = from;
        for (var i = count - 1; i >= 0; i--)
        {
            var position = UpperBound(scores[batch[i]], end);
            Array.Copy(_rows, position, _rows, position + i + 1, end - position);
            _rows[position + i] = batch[i];
            end = position;
        }

        Count = scores.Count;
    }

    /// <summary>Number of rows with a score below <paramref name="score"/>.</summary>
    public int LowerBound(double score)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = scores[_rows[middle]] < score ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Number of rows with a score of at most <paramref name="score"/>.</summary>
    public int UpperBound(double score) => UpperBound(score, Count);

    int IComparer<int>.Compare(int x, int y)
    {
        var byScore = scores[x].CompareTo(scores[y]);
        return byScore != 0 ? byScore : x.CompareTo(y);
    }

    private int UpperBound(double score, int end)
    {
        var (low, high) = (0, end);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = scores[_rows[middle]] <= score ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
