using Parquet;
using Parquet.Schema;
using Tempera.Client.Exports;
using Tempera.Client.Tests.Fakes;
using Xunit;

namespace Tempera.Client.Tests.Exports;

/// <summary>Exported files hold what the campaign holds.</summary>
public sealed class RunExportsTests : IDisposable
{
    private readonly TestCommandLine _tempera = new();

    [Fact]
    public async Task ParquetHoldsEveryEvaluationInRowGroups()
    {
        const int Rounds = EvaluationsParquet.RowGroup / ScriptedCampaign.PerRound + 10;
        await _tempera.Run("run", "rna1", "--rounds", $"{Rounds}", "--quiet");

        await using var reader = await ParquetReader.CreateAsync(_tempera.At("runs/rna1-seed0/evaluations.parquet"));

        Assert.Equal(["id", "object", "score", "log_reward", "beta", "round"], reader.Schema.DataFields.Select(static field => field.Name));
        Assert.Equal(2, reader.RowGroupCount);
        var row = 0;
        for (var group = 0; group < reader.RowGroupCount; group++)
        {
            using var rows = reader.OpenRowGroupReader(group);
            var count = (int)rows.RowCount;
            var (ids, objects, scores, rewards, betas, rounds) = (new long[count], new string?[count], new double[count], new double[count], new float[count], new int[count]);
            DataField Field(int index) => reader.Schema.DataFields[index];
            await rows.ReadAsync<long>(Field(0), ids);
            await rows.ReadAsync(Field(1), objects);
            await rows.ReadAsync<double>(Field(2), scores);
            await rows.ReadAsync<double>(Field(3), rewards);
            await rows.ReadAsync<float>(Field(4), betas);
            await rows.ReadAsync<int>(Field(5), rounds);
            for (var i = 0; i < count; i++, row++)
            {
                Assert.Equal((row, ScriptedCampaign.Name(row), ScriptedCampaign.Score(row), row / ScriptedCampaign.PerRound + 1), (ids[i], objects[i], scores[i], rounds[i]));
                Assert.Equal((Math.Log(scores[i]), 1f + row % 3), (rewards[i], betas[i]));
            }
        }

        Assert.Equal(Rounds * ScriptedCampaign.PerRound, row);
    }

    [Fact]
    public async Task ModesAreSortedAndReadable()
    {
        await _tempera.Run("run", "rna1", "--rounds", "8");

        Assert.Equal(
            [
                "object,score,round,definition",
                "GAAAAA,0.75,4,test: every second round",
                "ACAAAA,0.48,8,test: every second round",
                "CAAAAA,0.38,2,test: every second round",
                "UAAAAA,0.11,6,test: every second round",
            ],
            File.ReadAllLines(_tempera.At("runs/rna1-seed0/modes.csv")));
        var fasta = File.ReadAllLines(_tempera.At("runs/rna1-seed0/modes.fasta"));
        Assert.Equal((">mode_1 score=0.75 round=4", "GAAAAA"), (fasta[0], fasta[1]));
        Assert.Equal(8, fasta.Length);
    }

    public void Dispose() => _tempera.Dispose();
}
