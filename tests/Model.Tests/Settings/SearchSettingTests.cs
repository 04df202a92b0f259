using Tempera.Model.Settings;
using Tempera.Model.Tasks;
using Xunit;

namespace Tempera.Model.Tests.Settings;

public sealed class SearchSettingTests
{
    private static readonly DesignTask Task = TaskCatalog.Create("rna1", new Dictionary<string, string>());

    [Theory]
    [InlineData("method", "ga", "searchers", "method=ga")]
    [InlineData("search_ahead", "16", "policy_age", "above search_ahead (16)")]
    [InlineData("samples_per_insert", "1.5", "samples_per_insert", "here 2; received '1.5'")]
    [InlineData("objective", "vargrad", "searchers", "at most half of batch (32)")]
    public void WhatDoesNotGoWithSearchersIsRefused(string name, string value, string setting, string rule)
    {
        var settings = new Dictionary<string, string> { ["searchers"] = "32", [name] = value };
        var exception = Assert.Throws<SettingException>(() => SettingCatalog.Resolve(Task, settings));

        Assert.Equal(setting, exception.Setting);
        Assert.Contains(rule, exception.Message, StringComparison.Ordinal);
        settings["searchers"] = "0";
        Assert.Equal(0, SettingCatalog.Resolve(Task, settings).Search.Searchers);
    }

    [Theory]
    [InlineData(32, 4, 8, 32)]
    [InlineData(32, 3, 10, 30)]
    [InlineData(8, 16, 1, 8)]
    [InlineData(32, 0, 32, 32)]
    public void ABatchIsSharedAmongTheSearchers(int batch, int searchers, int search, int round)
    {
        var settings = new SearchSettings { Searchers = searchers };

        Assert.Equal((search, round), (settings.SearchSize(batch), settings.RoundSize(batch)));
    }
}
