using System.Collections.Immutable;

using Tempera.Contracts.Campaigns;
using Tempera.Contracts.Errors;
using Tempera.Silo.Tools;

using Xunit;

namespace Tempera.Silo.Tests.Tools;

public sealed class SpecificationToolsTests
{
    [Fact]
    public void Fills_in_every_default_once()
    {
        var given = new CampaignSpecification
        {
            Task = "hypergrid",
            Settings = ImmutableSortedDictionary<string, string>.Empty.Add("side", "4").Add("batch", "16"),
        };

        var resolved = SpecificationTools.Resolve(given);
        var again = SpecificationTools.Resolve(resolved);

        Assert.Equal("4", resolved.Settings["side"]);
        Assert.Equal("16", resolved.Settings["batch"]);
        Assert.Equal("logit", resolved.Settings["conditioning"]);
        Assert.NotNull(resolved.Rounds);
        Assert.Equal(resolved.Settings, again.Settings);
        Assert.Equal(resolved.Rounds, again.Rounds);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(10_000_001, null)]
    [InlineData(null, 0L)]
    public void Refuses_absurd_numbers(int? rounds, long? budget)
    {
        var given = new CampaignSpecification { Task = "hypergrid", Rounds = rounds, Budget = budget };

        var error = Assert.Throws<TemperaException>(() => SpecificationTools.Resolve(given));

        Assert.Equal(TemperaError.InvalidSetting, error.Code);
        Assert.Contains($"{rounds}{budget}", error.Message, StringComparison.Ordinal);
    }
}
