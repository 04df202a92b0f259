using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

using Tempera.Contracts.Campaigns;
using Tempera.Grains.Campaigns;
using Tempera.Grains.Checkpoints;
using Tempera.Grains.Serialization;
using Tempera.Grains.Storage;
using Tempera.Grains.Telemetry;

namespace Tempera.Grains.Tests.Fixtures;

/// <summary>A campaign's checkpoints without its grains.</summary>
internal sealed class CheckpointRig
{
    public CheckpointRig()
    {
        Reader = new CheckpointReader(Blobs, Names);
        SetEpoch(1);
    }

    public MemoryBlobStore Blobs { get; } = new();

    public CampaignBlobs Names { get; } = new("x");

    public CheckpointReader Reader { get; }

    public CheckpointWriter Writer => new(Blobs, Names, new CampaignLease(Blobs, Names), TimeProvider.System, new TemperaTelemetry());

    public Task<CheckpointRecord> Write(int round, long epoch = 1, string text = "w") => Writer.Write(Target(round, epoch), Parts(text));

    public static CheckpointTarget Target(int round, long epoch) => new("x", "walk", round, epoch);

    public static IReadOnlyList<(string Name, byte[] Content)> Parts(string text) =>
    [
        (CheckpointContent.Weights, Encoding.UTF8.GetBytes(text)),
        (CheckpointContent.Optimizer, Encoding.UTF8.GetBytes(text + text)),
        (CheckpointContent.State, Encoding.UTF8.GetBytes("{}")),
    ];

    public void SetEpoch(long epoch) => Blobs.Overwrite(Names.Document, JsonSerializer.SerializeToUtf8Bytes(
        new CampaignDocument
        {
            TemperaVersion = "0",
            Id = "x",
            Specification = new CampaignSpecification { Task = "walk", Settings = ImmutableSortedDictionary<string, string>.Empty },
            State = CampaignState.Running,
            Epoch = epoch,
            CreatedAt = default,
            UpdatedAt = default,
        },
        GrainsJson.Default.CampaignDocument));
}
