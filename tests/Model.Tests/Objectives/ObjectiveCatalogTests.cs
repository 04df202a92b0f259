using Tempera.Model.Baselines;
using Tempera.Model.Objectives;
using Tempera.Model.Settings;
using Tempera.Model.Tasks;
using Xunit;

namespace Tempera.Model.Tests.Objectives;

public sealed class ObjectiveCatalogTests
{
    [Fact]
    public void EveryNameCreatesTheObjectiveOfThatName() =>
        Assert.All(ObjectiveCatalog.Names, name => Assert.Equal(name, ObjectiveCatalog.Create(new LearnerSettings { Objective = name }).Name));

    [Fact]
    public void UnknownNamesAreRefusedWithWhatExists()
    {
        var exception = Assert.Throws<SettingException>(() => ObjectiveCatalog.Create(new LearnerSettings { Objective = "sub-tb" }));
        Assert.Equal("objective", exception.Setting);
        Assert.StartsWith("objective is one of tb, db, subtb, fm, vargrad, maxent, guided-tb, ", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith("received 'sub-tb'. Use --objective tb.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fm", "rna1", "1,000,000 objects; task rna1 has 268,435,456")]
    [InlineData("fl-db", "rna1", "partial objects have a score")]
    [InlineData("fl-subtb", "rna1", "partial objects have a score")]
    [InlineData("guided-tb", "hypergrid", "substructures")]
    public void AnObjectiveThatATaskHasNotGotWhatItTakesForIsRefusedByName(string objective, string task, string rule)
    {
        var exception = Assert.Throws<SettingException>(() => Resolve(task, ("objective", objective)));
        Assert.Equal("objective", exception.Setting);
        Assert.Contains(rule, exception.Message, StringComparison.Ordinal);
        Assert.Contains($"'{objective}'", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("maxent")]
    [InlineData("fm")]
    public void ObjectivesOfAUniformBackwardPolicySetItAndRefuseAnother(string objective)
    {
        Assert.Equal(BackwardPolicy.Uniform, Resolve("hypergrid", ("objective", objective)).BackwardPolicy);
        var exception = Assert.Throws<SettingException>(() => Resolve("hypergrid", ("objective", objective), ("backward_policy", "learned")));
        Assert.Equal("backward_policy", exception.Setting);
    }

    [Fact]
    public void VarGradTakesSeveralTrajectoriesABetaAndRefusesOne()
    {
        Assert.Equal(8, Resolve("hypergrid", ("objective", "vargrad")).TrajectoriesPerBeta);
        Assert.Equal(4, Resolve("hypergrid", ("objective", "vargrad"), ("trajectories_per_beta", "4")).TrajectoriesPerBeta);
        Assert.Equal(1, Resolve("hypergrid").TrajectoriesPerBeta);
        var exception = Assert.Throws<SettingException>(() => Resolve("hypergrid", ("objective", "vargrad"), ("trajectories_per_beta", "1")));
        Assert.Equal("trajectories_per_beta", exception.Setting);
    }

    [Fact]
    public void ResolvedSettingsResolveToThemselves() => Assert.All(ObjectiveCatalog.Names, name =>
    {
        var task = name == "guided-tb" ? "bits" : "hypergrid";
        var resolved = Resolve(task, ("objective", name), ("method", MethodCatalog.IsReinforcementLearning(name) ? name : MethodCatalog.GFlowNet));
        Assert.Equal(resolved, SettingCatalog.Resolve(TaskCatalog.Create(task, new Dictionary<string, string>()), SettingCatalog.Describe(resolved)));
    });

    private static LearnerSettings Resolve(string task, params (string Name, string Value)[] settings)
    {
        var values = settings.ToDictionary(s => s.Name, s => s.Value);
        return SettingCatalog.Resolve(TaskCatalog.Create(task, values), values);
    }
}
