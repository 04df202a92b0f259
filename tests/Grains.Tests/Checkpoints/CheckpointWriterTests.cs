using System.Text;

using Tempera.Contracts.Errors;
using Tempera.Grains.Campaigns;
using Tempera.Grains.Checkpoints;
using Tempera.Grains.Tests.Fixtures;

using Xunit;

namespace Tempera.Grains.Tests.Checkpoints;

public sealed class CheckpointWriterTests
{
    private readonly CheckpointRig _rig = new();

    [Fact]
    public async Task The_manifest_is_written_last_and_a_rewrite_takes_it_away_first()
    {
        await _rig.Write(6, text: "old");
        var writes = new List<string>();
        _rig.Blobs.AfterWrite = name => writes.Add(name.Split('/')[^1]);
        await _rig.Write(6, text: "new");
        Assert.Equal(CheckpointManifest.FileName, writes[0]);
        Assert.Equal(CheckpointManifest.FileName, writes[^1]);
        Assert.Equal("new", Encoding.UTF8.GetString((await _rig.Reader.Read(6)).Parts[CheckpointContent.Weights]));
    }

    [Fact]
    public async Task A_crash_at_any_write_leaves_the_older_checkpoint_or_the_whole_new_one()
    {
        await _rig.Write(6, text: "six");
        for (var crash = 0; crash < 4; crash++)
        {
            var left = crash;
            _rig.Blobs.BeforeWrite = name => { if (name.Contains("00000012") && left-- == 0) { throw new IOException("power cut"); } };
            await Assert.ThrowsAsync<IOException>(() => _rig.Write(12, text: "twelve"));
            _rig.Blobs.BeforeWrite = null;
            var selection = await _rig.Reader.SelectNewestGood(new CampaignLineage([]));
            Assert.Equal(6, selection.Content!.Manifest.Round);
            Assert.Empty(selection.Damage);
        }

        await _rig.Write(12, text: "twelve");
        Assert.Equal(12, (await _rig.Reader.SelectNewestGood(new CampaignLineage([]))).Content!.Manifest.Round);
    }

    [Fact]
    public async Task A_writer_whose_epoch_has_passed_is_refused_before_it_writes()
    {
        await _rig.Write(6);
        _rig.SetEpoch(2);
        var before = _rig.Blobs.Snapshot("x");
        var error = await Assert.ThrowsAsync<TemperaException>(() => _rig.Write(6, epoch: 1, text: "stale"));
        Assert.Equal(TemperaError.StaleEpoch, error.Code);
        Assert.Equal(before, _rig.Blobs.Snapshot("x"));
    }

    [Theory]
    [InlineData(CheckpointContent.Weights)]
    [InlineData(CheckpointContent.State)]
    [InlineData(CheckpointManifest.FileName)]
    public async Task A_writer_that_is_overtaken_in_the_middle_changes_nothing_of_the_new_writers(string frozenBefore)
    {
        // The old writer passes its checks, then hangs before one of its writes, while a new writer takes over and finishes.
        var rest = Task.CompletedTask;
        var frozen = false;
        _rig.Blobs.BeforeWrite = name =>
        {
            if (!frozen && name.EndsWith(frozenBefore, StringComparison.Ordinal) && _rig.Blobs.Snapshot("x").Count >= Waiting(frozenBefore))
            {
                frozen = true;
                _rig.SetEpoch(2);
                rest = _rig.Write(12, epoch: 2, text: "new");
                Assert.True(rest.IsCompletedSuccessfully);
            }
        };
        var error = await Assert.ThrowsAsync<TemperaException>(() => _rig.Write(12, epoch: 1, text: "old"));
        await rest;
        Assert.True(frozen);
        Assert.Equal(TemperaError.StaleEpoch, error.Code);
        var content = await _rig.Reader.Read(12);
        Assert.Equal(2, content.Manifest.Epoch);
        Assert.Equal("new", Encoding.UTF8.GetString(content.Parts[CheckpointContent.Weights]));
    }

    [Fact]
    public async Task A_writer_that_is_overtaken_before_it_takes_the_old_manifest_away_leaves_the_new_one()
    {
        await _rig.Write(12, text: "old");
        var frozen = false;
        _rig.Blobs.BeforeWrite = _ =>
        {
            if (!frozen)
            {
                frozen = true;
                _rig.SetEpoch(2);
                Assert.True(_rig.Write(12, epoch: 2, text: "new").IsCompletedSuccessfully);
            }
        };
        var error = await Assert.ThrowsAsync<TemperaException>(() => _rig.Write(12, epoch: 1, text: "stale"));
        Assert.Equal(TemperaError.StaleEpoch, error.Code);
        Assert.Equal("new", Encoding.UTF8.GetString((await _rig.Reader.Read(12)).Parts[CheckpointContent.Weights]));
    }

    [Fact]
    public async Task A_checkpoint_that_an_overtaken_writer_added_is_never_read()
    {
        var lineage = new CampaignLineage([]).Begin(1, 0).Begin(2, 12).Begin(3, 18);
        await _rig.Write(12, epoch: 1);
        await _rig.Write(24, epoch: 1);
        Assert.Equal(12, (await _rig.Reader.SelectNewestGood(lineage)).Content!.Manifest.Round);
        _rig.SetEpoch(2);
        await _rig.Write(18, epoch: 2);
        Assert.Equal(18, (await _rig.Reader.SelectNewestGood(lineage)).Content!.Manifest.Round);
        _rig.SetEpoch(3);
        await _rig.Write(24, epoch: 3);
        Assert.Equal(24, (await _rig.Reader.SelectNewestGood(lineage)).Content!.Manifest.Round);
    }

    // The document and the parts that precede a file; the manifest is also deleted first, which is not the write meant here.
    private static int Waiting(string file) => file switch { CheckpointContent.Weights => 1, CheckpointContent.State => 3, _ => 4 };

    [Fact]
    public async Task Old_checkpoints_and_half_written_ones_are_removed_and_the_good_one_and_later_ones_kept()
    {
        foreach (var round in new[] { 6, 12, 18, 24, 30, 90 })
        {
            await _rig.Write(round);
        }

        await _rig.Blobs.Delete(_rig.Names.CheckpointPart(24, CheckpointManifest.FileName));
        await _rig.Writer.Prune(goodRound: 30, keep: 3);
        Assert.Equal([12, 18, 30, 90], await _rig.Reader.ListRounds());
        Assert.DoesNotContain(_rig.Blobs.Snapshot("x").Keys, static name => name.Contains("00000024") || name.Contains("00000006"));
        await _rig.Writer.Prune(goodRound: 30, keep: 1);
        Assert.Equal([30, 90], await _rig.Reader.ListRounds());
    }
}
