using Tempera.Contracts.Errors;
using Tempera.Grains.Storage;

using Xunit;

namespace Tempera.Grains.Tests.Storage;

public sealed class CampaignBlobsTests
{
    private readonly CampaignBlobs _names = new("my-run");

    [Fact]
    public void Names_are_the_documented_ones()
    {
        Assert.Equal("campaigns/my-run/campaign.json", _names.Document);
        Assert.Equal("campaigns/my-run/events.jsonl", _names.Events);
        Assert.Equal("campaigns/my-run/evaluations/000003.log", _names.Segment(3));
        Assert.Equal("campaigns/my-run/checkpoints/00000250/manifest.json", _names.CheckpointPart(250, "manifest.json"));
    }

    [Fact]
    public void Names_are_parsed_back()
    {
        Assert.Equal(1234567, _names.EpochOf(_names.Segment(1234567)));
        Assert.Equal((250, "state.json"), _names.CheckpointOf(_names.CheckpointPart(250, "state.json")));
        Assert.Equal("my-run", CampaignBlobs.IdOfDocument(_names.Document));
    }

    [Theory]
    [InlineData("campaigns/my-run/evaluations/x.log")]
    [InlineData("campaigns/my-run/checkpoints/250")]
    [InlineData("campaigns/my-run/checkpoints/x/manifest.json")]
    [InlineData("campaigns/my-run/tensorboard/campaign.json")]
    public void Other_names_are_nothing(string name)
    {
        Assert.Null(_names.EpochOf(name));
        Assert.Null(_names.CheckpointOf(name));
        Assert.Null(CampaignBlobs.IdOfDocument(name));
    }

    [Fact]
    public void An_id_cannot_climb_out() => Assert.Throws<TemperaException>(() => new CampaignBlobs("../x"));
}
