using System.Net;

using Tempera.Contracts.Errors;
using Tempera.Silo.Clustering;

using Xunit;

namespace Tempera.Cluster.Tests.Clustering;

public sealed class ClusterSiloSettingTests
{
    private static readonly Dictionary<string, string> Least = new() { ["redis"] = "localhost:6379", ["storage_connection_string"] = "UseDevelopmentStorage=true" };

    [Fact]
    public void What_is_left_out_has_the_default_that_the_help_names()
    {
        var settings = Resolve([]);
        Assert.Equal(new ClusterSiloSettings { Redis = settings.Redis, Storage = settings.Storage }, settings);
        foreach (var setting in ClusterSiloSettingCatalog.All.Where(static setting => setting.Default.Length > 0 && !setting.Default.Contains(' ')))
        {
            Assert.Equal(settings, Resolve([(setting.Name, setting.Default)]));
        }
    }

    [Fact]
    public void Every_setting_arrives()
    {
        var settings = Resolve(
            ("advertised_address", "10.1.2.3"), ("checkpoint_deadline", "90"), ("checkpoint_interval", "5"),
            ("cluster_id", "blue"), ("gateway_port", "1"), ("http_port", "2"), ("kept_checkpoints", "7"), ("listen_address", "127.0.0.1"), ("missed_probes", "5"),
            ("oracle_journal", "journals"), ("oracle_pause", "0.5"),
            ("name", "n"), ("probe_period", "0.5"), ("revive_interval", "9"), ("silo_port", "3"), ("storage_container", "c-1"));
        Assert.Equal(IPAddress.Parse("10.1.2.3"), settings.AdvertisedAddress);
        Assert.Equal(TimeSpan.FromSeconds(90), settings.CheckpointDeadline);
        Assert.Equal(("blue", 1, 2, 7, 5, "n", 3, "c-1"), (settings.ClusterId, settings.GatewayPort, settings.HttpPort, settings.KeptCheckpoints,
            settings.MissedProbes, settings.Name, settings.SiloPort, settings.Storage.Container));
        Assert.Equal(TimeSpan.FromSeconds(0.5), settings.ProbePeriod);
        Assert.Equal(("journals", TimeSpan.FromSeconds(0.5)), (settings.OracleJournal, settings.OraclePause));
    }

    [Fact]
    public void A_secret_may_come_from_a_file()
    {
        var settings = ClusterSiloSettingCatalog.Resolve(
            new Dictionary<string, string> { ["redis_file"] = "/secrets/redis", ["storage_service"] = "https://a.blob.core.windows.net" },
            static path => $"{Path.GetFileName(path)}:6379\n");
        Assert.Equal("redis:6379", settings.Redis);
        Assert.Equal("https://a.blob.core.windows.net/", settings.Storage.Service!.ToString());
    }

    [Theory]
    [InlineData("silo_port", "70000")]
    [InlineData("gateway_port", "x")]
    [InlineData("advertised_address", "here")]
    [InlineData("storage_container", "UPPER")]
    [InlineData("checkpoint_deadline", "0")]
    [InlineData("probe_period", "-1")]
    [InlineData("kept_checkpoints", "0")]
    [InlineData("redis", "")]
    [InlineData("sillo_port", "1")]
    public void What_is_wrong_is_named(string name, string value)
    {
        var error = Assert.Throws<TemperaException>(() => Resolve((name, value)));
        Assert.Equal(TemperaError.InvalidSetting, error.Code);
        Assert.Contains(name, error.Message);
    }

    [Fact]
    public void What_is_missing_is_named_and_a_secret_is_never_shown()
    {
        Assert.Contains("redis", Message(new() { ["storage_connection_string"] = "x" }));
        Assert.Contains("storage_service", Message(new() { ["redis"] = "r:1" }));
        Assert.Contains("storage_service", Message(new(Least) { ["storage_service"] = "https://a" }));
        Assert.DoesNotContain("hunter2", Message(new(Least) { ["redis"] = "localhost:6379,password=hunter2,nonsense=hunter2" }));

        static string Message(Dictionary<string, string> texts) =>
            Assert.Throws<TemperaException>(() => ClusterSiloSettingCatalog.Resolve(texts, static _ => throw new FileNotFoundException())).Message;
    }

    private static ClusterSiloSettings Resolve(params (string Name, string Value)[] texts)
    {
        var all = new Dictionary<string, string>(Least);
        foreach (var (name, value) in texts)
        {
            all[name] = value;
        }

        return ClusterSiloSettingCatalog.Resolve(all, static _ => throw new FileNotFoundException());
    }
}
