using System.Runtime.InteropServices;

using Tempera.Contracts.Oracles;
using Tempera.Grains.Hosting;
using Tempera.Grains.Serialization;

namespace Tempera.Grains.Oracles;

/// <summary>Which shard an object belongs to, and a batch's scores from all of them at once.</summary>
internal sealed class OracleShards(IGrainFactory grains, string campaign, int count)
{
    /// <summary>The shard of an object: the same on every machine.</summary>
    public static int Of(UInt128 terminal, int count)
    {
        var mixed = ((ulong)terminal ^ ((ulong)(terminal >> 64) * 0xFF51AFD7ED558CCDUL)) * 0x9E3779B97F4A7C15UL;
        return (int)((mixed ^ (mixed >> 32)) % (uint)count);
    }

    /// <summary>The grain of a shard.</summary>
    public IOracleShardGrain Grain(int shard) => grains.GetGrain<IOracleShardGrain>($"{campaign}/{shard}");

    /// <summary>Scores of objects, asked of their shards at the same time.</summary>
    public async Task<OracleReport> Score(OracleShardBatch batch)
    {
        var objects = Packed.Objects(batch.Objects).ToArray();
        var rows = Enumerable.Range(0, objects.Length).GroupBy(row => Of(objects[row], count)).Select(static group => (Shard: group.Key, Rows: group.ToArray())).ToArray();
        var reports = await Task.WhenAll(rows.Select(part => Score(
            part.Shard, batch with { Objects = Packed.ToBytes<UInt128>(part.Rows.Select(row => objects[row]).ToArray()) })));
        var scores = new double[objects.Length];
        foreach (var (part, report) in rows.Zip(reports))
        {
            var values = Packed.Doubles(report.Scores);
            for (var i = 0; i < part.Rows.Length; i++)
            {
                scores[part.Rows[i]] = values[i];
            }
        }

        return new OracleReport(
            MemoryMarshal.AsBytes(scores.AsSpan()).ToArray(), reports.Sum(static report => report.Evaluated), reports.Sum(static report => report.FromLog));
    }

    private Task<OracleReport> Score(int shard, OracleShardBatch part) => LongCalls.Result(() => Grain(shard).Score(part));

    /// <summary>Forces what all shards logged to stable storage.</summary>
    public Task Flush() => Task.WhenAll(Enumerable.Range(0, count).Select(shard => Grain(shard).Flush()));
}
