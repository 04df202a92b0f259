using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;

using Tempera.Contracts.Campaigns;
using Tempera.Grains.Storage;
using Tempera.Silo.Embedding;
using Tempera.Silo.Storage;

using Xunit;

namespace Tempera.Cluster.Tests.Fixtures;

/// <summary>What a campaign leaves in storage, apart from its seconds: its events and the tensors of its last checkpoint.</summary>
internal sealed record RunResult(IReadOnlyList<string> Rounds, string Weights, string Optimizer)
{
    /// <summary>Rounds of a campaign of some seconds.</summary>
    public const int LastRound = 400;

    private static readonly ConcurrentDictionary<int, Lazy<Task<RunResult>>> References = new();

    /// <summary>A campaign over 268 million objects.</summary>
    public static CampaignSpecification Specification(int rounds = LastRound) => new()
    {
        Task = "rna1",
        Rounds = rounds,
        Seed = 3,
        Settings = new Dictionary<string, string> { ["width"] = "16", ["batch"] = "8", ["replay_batch"] = "8", ["threads"] = "1", ["checkpoint_every"] = "50" }
            .ToImmutableSortedDictionary(StringComparer.Ordinal),
    };

    /// <summary>The same campaign in an embedded silo and a local folder, without any fault.</summary>
    public static Task<RunResult> Undisturbed(int rounds) =>
        References.GetOrAdd(rounds, static rounds => new Lazy<Task<RunResult>>(() => RunUndisturbed(rounds))).Value;

    public static async Task<RunResult> Read(IBlobStore blobs, string campaign, int rounds)
    {
        var names = new CampaignBlobs(campaign);
        var events = Encoding.UTF8.GetString((await blobs.Get(names.Events))!.Content).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(CampaignEventJson.Read).Where(static e => e.Kind == CampaignEventKinds.Round)
            .Select(static e => CampaignEventJson.Write(e with { Seconds = 0, CpuSeconds = 0 }));
        return new RunResult([.. events], await Part("weights.safetensors"), await Part("optimizer.safetensors"));

        async Task<string> Part(string part) => Convert.ToHexString((await blobs.Get(names.CheckpointPart(rounds, part)))!.Content);
    }

    /// <summary>Fails unless a campaign ended exactly as the undisturbed one.</summary>
    public static async Task AssertUndisturbed(IBlobStore blobs, string campaign, int rounds = LastRound)
    {
        var (expected, actual) = (await Undisturbed(rounds), await Read(blobs, campaign, rounds));
        Assert.Equal(rounds, expected.Rounds.Count);
        Assert.Equal(expected.Rounds, actual.Rounds);
        Assert.Equal(expected.Weights, actual.Weights);
        Assert.Equal(expected.Optimizer, actual.Optimizer);
    }

    private static async Task<RunResult> RunUndisturbed(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("tempera-reference-").FullName;
        try
        {
            await using (var silo = await EmbeddedSilo.StartAsync(
                new EmbeddedSiloOptions { Directory = folder, CampaignId = "reference" }, CancellationToken.None))
            {
                await silo.Campaign.Create(Specification(rounds));
                await silo.Campaign.Discover(new DiscoverRequest("all", rounds));
                using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
                await foreach (var _ in silo.Campaign.Watch(0, limit.Token))
                {
                }
            }

            return await Read(new LocalFolderBlobStore(folder, "campaigns/reference/", readOnly: true), "reference", rounds);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
