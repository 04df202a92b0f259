using System.Text;

using Tempera.Contracts.Errors;
using Tempera.Grains.Campaigns;
using Tempera.Grains.Checkpoints;
using Tempera.Grains.Tests.Fixtures;

using Xunit;

namespace Tempera.Grains.Tests.Checkpoints;

public sealed class CheckpointReaderTests
{
    private readonly CheckpointRig _rig = new();

    [Fact]
    public async Task Without_checkpoints_nothing_is_selected()
    {
        var selection = await _rig.Reader.SelectNewestGood(new CampaignLineage([]));
        Assert.Null(selection.Content);
        Assert.Empty(selection.Damage);
    }

    [Fact]
    public async Task What_was_written_is_read_back_with_its_manifest()
    {
        var record = await _rig.Write(6, text: "weights");
        var content = await _rig.Reader.Read(6);
        Assert.Equal("weights", Encoding.UTF8.GetString(content.Parts[CheckpointContent.Weights]));
        Assert.Equal((6, 1L, "walk", "x"), (content.Manifest.Round, content.Manifest.Epoch, content.Manifest.Task, content.Manifest.Campaign));
        Assert.Equal(_rig.Blobs.Snapshot("x").Where(static pair => pair.Key.Contains("checkpoints")).Sum(static pair => pair.Value.Length), record.Bytes);
    }

    [Theory]
    [InlineData(CheckpointContent.Weights)]
    [InlineData(CheckpointContent.Optimizer)]
    [InlineData(CheckpointContent.State)]
    [InlineData(CheckpointManifest.FileName)]
    public async Task A_truncated_altered_or_missing_file_makes_the_older_checkpoint_the_one(string file)
    {
        await _rig.Write(6);
        await _rig.Write(12);
        var name = _rig.Names.CheckpointPart(12, file);
        var good = _rig.Blobs.Content(name);
        foreach (var bad in new byte[][] { good[..^1], [.. good[..^1], (byte)(good[^1] ^ 1)], [] })
        {
            _rig.Blobs.Overwrite(name, bad);
            var selection = await _rig.Reader.SelectNewestGood(new CampaignLineage([]));
            Assert.Equal(6, selection.Content!.Manifest.Round);
            Assert.Contains("round 12", Assert.Single(selection.Damage));
            Assert.Contains(file, selection.Damage[0]);
        }

        await _rig.Blobs.Delete(name);
        var afterRemoval = await _rig.Reader.SelectNewestGood(new CampaignLineage([]));
        Assert.Equal(6, afterRemoval.Content!.Manifest.Round);
        // Without a manifest there is no checkpoint, so nothing is damaged.
        Assert.Equal(file == CheckpointManifest.FileName ? 0 : 1, afterRemoval.Damage.Count);
    }

    [Fact]
    public async Task When_all_are_damaged_the_error_names_each_and_the_remedy()
    {
        await _rig.Write(6);
        await _rig.Write(12);
        _rig.Blobs.Overwrite(_rig.Names.CheckpointPart(6, CheckpointContent.State), [1]);
        _rig.Blobs.Overwrite(_rig.Names.CheckpointPart(12, CheckpointContent.Weights), [1]);
        var error = await Assert.ThrowsAsync<TemperaException>(() => _rig.Reader.SelectNewestGood(new CampaignLineage([])));
        Assert.Equal(TemperaError.CheckpointDamaged, error.Code);
        Assert.Contains("round 6", error.Message);
        Assert.Contains("round 12", error.Message);
        Assert.Contains("backup", error.Message);
    }

    [Fact]
    public async Task A_newer_format_is_refused_and_never_passed_over()
    {
        await _rig.Write(6);
        await _rig.Write(12);
        var name = _rig.Names.CheckpointPart(12, CheckpointManifest.FileName);
        var json = Encoding.UTF8.GetString(_rig.Blobs.Content(name)).Replace("\"format_version\": 1", "\"format_version\": 2", StringComparison.Ordinal);
        _rig.Blobs.Overwrite(name, Encoding.UTF8.GetBytes(json));
        var error = await Assert.ThrowsAsync<TemperaException>(() => _rig.Reader.SelectNewestGood(new CampaignLineage([])));
        Assert.Equal(TemperaError.NewerFormat, error.Code);
        Assert.Contains("newer one", error.Message);
        var listed = await new CheckpointCatalog(_rig.Reader).List(verify: true);
        Assert.Equal([true, false], listed.Select(static record => record.Verified!.Value));
    }

    [Fact]
    public async Task A_manifest_of_another_round_is_not_this_checkpoints()
    {
        await _rig.Write(6);
        _rig.Blobs.Overwrite(_rig.Names.CheckpointPart(9, CheckpointManifest.FileName), _rig.Blobs.Content(_rig.Names.CheckpointPart(6, CheckpointManifest.FileName)));
        Assert.Equal(6, (await _rig.Reader.SelectNewestGood(new CampaignLineage([]))).Content!.Manifest.Round);
    }

    [Fact]
    public async Task The_catalog_lists_in_order_and_verifies_when_asked()
    {
        await _rig.Write(12);
        await _rig.Write(6);
        _rig.Blobs.Overwrite(_rig.Names.CheckpointPart(12, CheckpointContent.Optimizer), [1]);
        var catalog = new CheckpointCatalog(_rig.Reader);
        Assert.Equal([(6, null, null), (12, (bool?)null, (string?)null)], (await catalog.List(verify: false)).Select(static item => (item.Round, item.Verified, item.Damage)));
        var verified = await catalog.List(verify: true);
        Assert.Equal([true, false], verified.Select(static item => item.Verified!.Value));
        Assert.Contains(CheckpointContent.Optimizer, verified[1].Damage);
    }
}
