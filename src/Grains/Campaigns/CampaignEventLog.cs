using System.Buffers;
using System.Text.Json;

using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Grains.Storage;

namespace Tempera.Grains.Campaigns;

/// <summary>
/// The file <c>events.jsonl</c>, one event a line. A round's event has the round as its sequence, the others that of the
/// round they follow, so that a run which crashed and one which did not number their rounds alike.
/// </summary>
internal sealed class CampaignEventLog(IBlobStore blobs, CampaignBlobs names)
{
    private readonly ArrayBufferWriter<byte> _line = new(1024);
    private BlobPosition _end;

    /// <summary>
    /// Takes the log over from earlier writers, then cuts away the events of rounds after a checkpoint, and a line that a crash
    /// left incomplete. Returns what is wrong with the rest, or null.
    /// </summary>
    /// <exception cref="TemperaException">Another writer changed the log, or storage refused.</exception>
    public async Task<string?> CutBack(int round)
    {
        await blobs.Seal(names.Events);
        var blob = await blobs.Get(names.Events);
        var content = blob?.Content ?? [];
        var (kept, last) = (0, 0);
        foreach (var (campaignEvent, end) in Parse(content))
        {
            if (campaignEvent.Round > round)
            {
                break;
            }

            (kept, last) = (end, campaignEvent.Kind == CampaignEventKinds.Round ? campaignEvent.Round : last);
        }

        _end = new BlobPosition(content.Length, blob?.ETag);
        if (kept < content.Length)
        {
            var written = await blobs.Put(names.Events, content.AsMemory(0, kept), BlobCondition.Unchanged(blob));
            _end = written.Conflict ? throw Taken(kept, content.Length) : new BlobPosition(kept, written.ETag);
        }

        return last == round ? null : $"{names.Events} should reach round {round} and ends at round {last}; later rounds are appended to it.";
    }

    /// <summary>Appends an event.</summary>
    /// <exception cref="TemperaException">Another writer changed the log, or storage refused.</exception>
    public async Task Append(CampaignEvent campaignEvent)
    {
        _line.ResetWrittenCount();
        CampaignEventJson.Write(campaignEvent, _line);
        _line.GetSpan(1)[0] = (byte)'\n';
        _line.Advance(1);
        await Append(_line.WrittenMemory, durable: false);
    }

    /// <summary>Forces the log to stable storage.</summary>
    public Task Flush() => _end.Length == 0 ? Task.CompletedTask : Append(ReadOnlyMemory<byte>.Empty, durable: true);

    /// <summary>The stored events of rounds with a sequence above one, without state changes, which are no news later.</summary>
    public async Task<IReadOnlyList<CampaignEvent>> Read(long afterSequence) => await blobs.Get(names.Events) is { } blob
        ? [.. Parse(blob.Content).Select(static item => item.Event)
            .Where(item => item.Sequence > afterSequence && item.Kind != CampaignEventKinds.State)]
        : [];

    private async Task Append(ReadOnlyMemory<byte> bytes, bool durable)
    {
        var appended = await blobs.Append(names.Events, bytes, _end, durable);
        _end = appended.Conflict ? throw Taken(_end.Length, appended.Length) : appended.End;
    }

    private TemperaException Taken(long expected, long actual) => new(TemperaError.StaleEpoch,
        $"One writer appends to {names.Events}; it should have {expected} bytes, as they were left, and has {actual}. Another process has taken over the campaign: let it run, or stop it and resume here.");

    // Whole lines up to the first that is not an event; End is the position after the line break.
    private static IEnumerable<(CampaignEvent Event, int End)> Parse(byte[] content)
    {
        var start = 0;
        while (Array.IndexOf(content, (byte)'\n', start) is >= 0 and var end)
        {
            CampaignEvent campaignEvent;
            try
            {
                campaignEvent = CampaignEventJson.Read(content.AsMemory(start, end - start));
            }
            catch (JsonException)
            {
                yield break;
            }

            yield return (campaignEvent, start = end + 1);
        }
    }
}
