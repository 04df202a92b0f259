using Parquet;
using Parquet.Schema;

using Tempera.Client.Directories;
using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Exports;

/// <summary>evaluations.parquet: every evaluated object, read from the campaign in pages and written in row groups.</summary>
internal static class EvaluationsParquet
{
    /// <summary>Rows of a row group: bounds the memory of an export, whatever the size of the run.</summary>
    public const int RowGroup = 100_000;

    private const int Page = 10_000;

    private static readonly DataField Id = new DataField<long>("id");
    private static readonly DataField Object = new("object", typeof(string), isNullable: false);
    private static readonly DataField Score = new DataField<double>("score");
    private static readonly DataField LogReward = new DataField<double>("log_reward");
    private static readonly DataField Beta = new DataField<float>("beta");
    private static readonly DataField Round = new DataField<int>("round");

    /// <summary>Writes the file as a whole or not at all; returns its rows.</summary>
    public static async Task<long> Export(RunDirectory directory, ICampaignGrain campaign)
    {
        long rows = 0;
        await AtomicFile.Write(directory.EvaluationsFile, async stream => rows = await Write(stream, campaign));
        return rows;
    }

    /// <summary>Pages of the evaluated objects, in the order of evaluation.</summary>
    public static async IAsyncEnumerable<EvaluatedObject> All(ICampaignGrain campaign)
    {
        long from = 0;
        while (true)
        {
            var page = await campaign.Evaluations(from, Page);
            foreach (var item in page.Items)
            {
                yield return item;
            }

            from += page.Items.Length;
            if (page.Items.Length == 0 || from >= page.Total)
            {
                yield break;
            }
        }
    }

    private static async Task<long> Write(Stream stream, ICampaignGrain campaign)
    {
        var schema = new ParquetSchema(Id, Object, Score, LogReward, Beta, Round);
        await using var writer = await ParquetWriter.CreateAsync(schema, stream, new ParquetOptions());
        var group = new List<EvaluatedObject>(Page);
        long written = 0;
        await foreach (var item in All(campaign))
        {
            group.Add(item);
            if (group.Count == RowGroup)
            {
                written = await WriteGroup(writer, group, written);
            }
        }

        return group.Count > 0 || written == 0 ? await WriteGroup(writer, group, written) : written;
    }

    private static async Task<long> WriteGroup(ParquetWriter writer, List<EvaluatedObject> group, long first)
    {
        using var rows = writer.CreateRowGroup();
        await rows.WriteAsync<long>(Id, Column(group, (_, i) => first + i));
        await rows.WriteAsync(Object, group.ConvertAll(static item => item.Object));
        await rows.WriteAsync<double>(Score, Column(group, static (item, _) => item.Score));
        await rows.WriteAsync<double>(LogReward, Column(group, static (item, _) => item.LogReward));
        await rows.WriteAsync<float>(Beta, Column(group, static (item, _) => item.Beta));
        await rows.WriteAsync<int>(Round, Column(group, static (item, _) => item.Round));
        rows.CompleteValidate();
        first += group.Count;
        group.Clear();
        return first;
    }

    private static T[] Column<T>(List<EvaluatedObject> group, Func<EvaluatedObject, int, T> value)
    {
        var column = new T[group.Count];
        for (var i = 0; i < column.Length; i++)
        {
            column[i] = value(group[i], i);
        }

        return column;
    }
}
