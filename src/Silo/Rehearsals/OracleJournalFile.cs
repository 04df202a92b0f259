using System.Diagnostics;
using System.Text;

using Tempera.Contracts.Errors;
using Tempera.Grains.Oracles;
using Tempera.Model.Oracles;

namespace Tempera.Silo.Rehearsals;

/// <summary>A silo's journal of oracle calls: one file, one line a call, on the disk before the call goes on.</summary>
internal sealed class OracleJournalFile : IOracleJournal, IDisposable
{
    /// <summary>What names of journals end with.</summary>
    public const string Extension = ".journal.jsonl";

    private readonly FileStream _file;
    private readonly TimeSpan _pause;
    private readonly Lock _lock = new();

    /// <summary>Begins or continues a silo's journal.</summary>
    /// <param name="folder">Made if it does not exist.</param>
    /// <param name="silo">Name of the silo, and of the file.</param>
    /// <param name="pause">Shortest duration of an oracle call.</param>
    /// <exception cref="TemperaException">The file cannot be opened.</exception>
    public OracleJournalFile(string folder, string silo, TimeSpan pause)
    {
        _pause = pause;
        try
        {
            Directory.CreateDirectory(folder);
            _file = new FileStream(Path.Combine(folder, silo + Extension), FileMode.Append, FileAccess.Write, FileShare.Read);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TemperaException(TemperaError.InvalidSetting,
                $"oracle_journal names a folder that this process may write; received '{folder}' ({exception.Message}). Correct the path, or leave it out.", exception);
        }
    }

    /// <inheritdoc/>
    public IOracle Witness(IOracle oracle, string campaign, long epoch) => new Witnessed(this, oracle, campaign, epoch);

    /// <inheritdoc/>
    public void Acknowledge(string campaign, long epoch, int round, ReadOnlySpan<UInt128> objects) =>
        Write(OracleJournalEntry.Acknowledged, campaign, epoch, objects);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Write(string kind, string campaign, long epoch, ReadOnlySpan<UInt128> objects)
    {
        var texts = new string[objects.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = OracleJournalEntry.Text(objects[i]);
        }

        lock (_lock)
        {
            var nanoseconds = (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));
            var entry = new OracleJournalEntry(nanoseconds, kind, campaign, epoch, [.. texts.Distinct()]);
            _file.Write(Encoding.UTF8.GetBytes(entry.Write() + "\n"));
            _file.Flush(flushToDisk: true);
        }
    }

    private sealed class Witnessed(OracleJournalFile journal, IOracle oracle, string campaign, long epoch) : IOracle
    {
        public string Version => oracle.Version;

        public void Score(ReadOnlySpan<UInt128> objects, Span<double> scores)
        {
            journal.Write(OracleJournalEntry.Paid, campaign, epoch, objects);
            if (journal._pause > TimeSpan.Zero)
            {
                Thread.Sleep(journal._pause);
            }

            oracle.Score(objects, scores);
        }
    }
}
