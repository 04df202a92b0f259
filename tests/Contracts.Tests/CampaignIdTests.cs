using Tempera.Contracts.Errors;

using Xunit;

namespace Tempera.Contracts.Tests;

public sealed class CampaignIdTests
{
    [Theory]
    [InlineData("rna1-seed0")]
    [InlineData("0")]
    [InlineData("a.b_c-d")]
    public void AnIdThatKeepsTheRuleIsReturned(string id) => Assert.Equal(id, CampaignId.Validate(id));

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("-option")]
    [InlineData("../up")]
    [InlineData("a/b")]
    [InlineData("Upper")]
    [InlineData("a b")]
    [InlineData("ünder")]
    [InlineData("a\n")]
    public void AnIdThatBreaksItIsRefusedWithRuleValueAndRemedy(string id)
    {
        var error = Assert.Throws<TemperaException>(() => CampaignId.Validate(id));

        Assert.Equal(TemperaError.InvalidSetting, error.Code);
        Assert.Contains($"received '{id}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("Choose another id", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SixtyFourCharactersAreTheMost()
    {
        Assert.True(CampaignId.IsValid(new string('a', 64)));
        Assert.False(CampaignId.IsValid(new string('a', 65)));
    }
}
