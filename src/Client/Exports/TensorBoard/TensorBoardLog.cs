using System.Globalization;

using Tempera.Client.Directories;
using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Exports.TensorBoard;

/// <summary>
/// The TensorBoard file of a run. It is rewritten from the event log whenever a sitting begins and appended to while the
/// sitting lasts, so that a resumed run has every step once. A by-product, it ends no run: one that cannot be written, for example on a
/// full disk, stays incomplete until the next sitting.
/// </summary>
internal sealed class TensorBoardLog : IDisposable
{
    private static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(2);

    private readonly FileStream _stream;
    private readonly EventEncoder _encoder = new();
    private readonly double _epoch;
    private readonly TimeProvider _time;
    private long _flushed;

    private TensorBoardLog(FileStream stream, DateTimeOffset startedAt, TimeProvider time)
    {
        _stream = stream;
        _epoch = startedAt.ToUnixTimeMilliseconds() / 1000.0;
        _time = time;
        _flushed = time.GetTimestamp();
    }

    /// <summary>Why the file is incomplete; null while it is whole.</summary>
    public IOException? Fault { get; private set; }

    /// <summary>Writes the file anew from past events and leaves it open for more.</summary>
    public static TensorBoardLog Open(RunDirectory directory, DateTimeOffset startedAt, IEnumerable<CampaignEvent> past, TimeProvider time)
    {
        Directory.CreateDirectory(directory.TensorBoardDirectory);
        foreach (var earlier in Directory.EnumerateFiles(directory.TensorBoardDirectory, "events.out.tfevents.*"))
        {
            File.Delete(earlier);
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{startedAt.ToUnixTimeSeconds():D10}.tempera");
        var path = Path.Combine(directory.TensorBoardDirectory, name);
        var log = new TensorBoardLog(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16), startedAt, time);
        log.Try(stream => RecordWriter.Write(stream, log._encoder.FileVersion(log._epoch)));
        foreach (var e in past)
        {
            log.Append(e);
        }

        log.Try(static stream => stream.Flush());
        return log;
    }

    /// <summary>Appends a round's scalars; other events are ignored.</summary>
    public void Append(CampaignEvent e)
    {
        if (e.Kind != CampaignEventKinds.Round)
        {
            return;
        }

        Try(stream =>
        {
            RecordWriter.Write(stream, _encoder.Scalars(_epoch + e.Seconds, e.Round,
            [
                ("loss", e.Loss), ("replay_loss", e.ReplayLoss), ("modes", e.Modes), ("oracle_calls", e.OracleCalls),
                ("best_score", e.BestScore), ("mean_score", e.MeanScore), ("log_z", e.LogZ), ("clamped_share", e.ClampedShare),
                ("gradient_norm", e.GradientNorm),
            ]));
            if (_time.GetElapsedTime(_flushed) >= FlushInterval)
            {
                stream.Flush();
                _flushed = _time.GetTimestamp();
            }
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _stream.Dispose();
        }
        catch (IOException error)
        {
            Fault ??= error;
        }
    }

    private void Try(Action<FileStream> write)
    {
        if (Fault is not null)
        {
            return;
        }

        try
        {
            write(_stream);
        }
        catch (IOException error)
        {
            Fault = error;
        }
    }
}
