using System.Text;

using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Grains.Campaigns;
using Tempera.Grains.Storage;
using Tempera.Grains.Tests.Fixtures;

using Xunit;

namespace Tempera.Grains.Tests.Campaigns;

public sealed class CampaignEventLogTests
{
    private const string Name = "campaigns/x/events.jsonl";

    private readonly MemoryBlobStore _blobs = new();
    private readonly CampaignEventLog _log;

    public CampaignEventLogTests() => _log = new CampaignEventLog(_blobs, new CampaignBlobs("x"));

    [Fact]
    public async Task Cutting_back_keeps_the_rounds_up_to_the_checkpoint_and_appends_follow_them()
    {
        await Append(1, 2, 3, 4);
        Assert.Null(await _log.CutBack(2));
        await Append(3);
        Assert.Equal([1, 2, 3], (await _log.Read(0)).Select(static item => item.Round));
    }

    [Fact]
    public async Task A_torn_last_line_is_cut_away_wherever_it_is_torn()
    {
        await Append(1, 2, 3);
        var whole = _blobs.Content(Name);
        var secondEnd = Encoding.UTF8.GetString(whole).Split('\n').Take(2).Sum(static line => line.Length + 1);
        for (var length = secondEnd; length < whole.Length; length++)
        {
            _blobs.Overwrite(Name, whole[..length]);
            Assert.Null(await _log.CutBack(2));
            Assert.Equal(whole[..secondEnd], _blobs.Content(Name));
        }
    }

    [Fact]
    public async Task Nothing_is_written_when_nothing_is_to_be_cut()
    {
        await Append(1, 2);
        _blobs.BeforeWrite = static _ => Assert.Fail("written");
        Assert.Null(await _log.CutBack(2));
    }

    [Fact]
    public async Task Missing_rounds_are_reported()
    {
        await Append(1, 2);
        Assert.Contains("ends at round 2", await _log.CutBack(5));
        Assert.Null(await new CampaignEventLog(new MemoryBlobStore(), new CampaignBlobs("y")).CutBack(0));
    }

    [Fact]
    public async Task A_log_that_someone_else_changed_is_refused()
    {
        await Append(1);
        await _blobs.Append(Name, "x"u8.ToArray(), _blobs.Content(Name).Length, durable: false);
        Assert.Equal(TemperaError.StaleEpoch, (await Assert.ThrowsAsync<TemperaException>(() => Append(2))).Code);
    }

    private async Task Append(params int[] rounds)
    {
        foreach (var round in rounds)
        {
            await _log.Append(new CampaignEvent { Kind = CampaignEventKinds.Round, Sequence = round, Round = round, BestObject = "ACGU" });
        }
    }
}
