using Tempera.Model.Schedules;
using Tempera.Model.Settings;
using Xunit;

namespace Tempera.Model.Tests.Schedules;

public sealed class BetaScheduleParserTests
{
    [Theory]
    [InlineData("constant:2", "constant:2")]
    [InlineData("uniform:1,3", "uniform:1,3")]
    [InlineData(" uniform : 1 , 3.50 ", "uniform:1,3.5")]
    [InlineData("log-uniform:1e-3,1e3", "log-uniform:0.001,1000")]
    [InlineData("exp-tilted:1,3", "exp-tilted:1,3")]
    [InlineData("clipped-normal:1,3", "clipped-normal:1,3,mu=2,sigma=0.5")]
    [InlineData("clipped-normal:1,3,sigma=0.1,mu=2.5", "clipped-normal:1,3,mu=2.5,sigma=0.1")]
    [InlineData("annealing:1,3", "annealing:1,3,path=linear,restarts=0,width=0.5,progress=rounds,adaptive=false")]
    [InlineData(
        "annealing-reverse:1,3,adaptive=true,path=geometric,restarts=4,width=0,progress=budget",
        "annealing-reverse:1,3,path=geometric,restarts=4,width=0,progress=budget,adaptive=true")]
    public void Description_IsCanonicalAndParsesToItself(string text, string canonical)
    {
        var description = BetaScheduleParser.Parse(text).Description;

        Assert.Equal(canonical, description);
        Assert.Equal(canonical, BetaScheduleParser.Parse(description).Description);
    }

    [Fact]
    public void Names_AreTheSevenOfTheMethod() =>
        Assert.Equal("constant uniform log-uniform exp-tilted clipped-normal annealing annealing-reverse", string.Join(' ', BetaScheduleParser.Names));

    [Theory]
    [InlineData("", "a schedule", "received ''")]
    [InlineData("unifrom:1,3", "received 'unifrom:1,3'", "Did you mean uniform?")]
    [InlineData("UNIFORM:1,3", "received 'UNIFORM:1,3'", "Did you mean uniform?")]
    [InlineData("loguniform:1,3", "received 'loguniform:1,3'", "Did you mean log-uniform?")]
    [InlineData("uniform", "uniform:a,b", "Give 2 numbers")]
    [InlineData("uniform:", "uniform:a,b", "Give 2 numbers")]
    [InlineData("uniform:1", "uniform:a,b", "Give 2 numbers")]
    [InlineData("uniform:1,2,3", "uniform:a,b", "Give 2 numbers")]
    [InlineData("constant:1,2", "constant:beta", "Give 1 number.")]
    [InlineData("uniform:1,3,width=1", "uniform:a,b", "Remove 'width'")]
    [InlineData("uniform:3,1", "from a smaller beta to a larger one", "Swap")]
    [InlineData("uniform:2,2", "from a smaller beta to a larger one", "constant:2")]
    [InlineData("uniform:1,1.000000001", "from a smaller beta to a larger one", "constant:1")]
    [InlineData("uniform:0,3", "at least 1E-06", "received '0'")]
    [InlineData("uniform:-1,3", "at least 1E-06", "received '-1'")]
    [InlineData("uniform:1,NaN", "at least 1E-06", "received 'NaN'")]
    [InlineData("uniform:1,inf", "at most 1000000", "received 'inf'")]
    [InlineData("uniform:1,Infinity", "at most 1000000", "received 'Infinity'")]
    [InlineData("uniform:1,1e400", "at most 1000000", "received '1e400'")]
    [InlineData("uniform:1,1e7", "at most 1000000", "received '1e7'")]
    [InlineData("uniform:1,x", "a number", "received 'x'")]
    [InlineData("uniform:,", "a number", "received ''")]
    [InlineData("clipped-normal:1,3,mu=-1", "mu is a number", "received '-1'")]
    [InlineData("clipped-normal:1,3,sigma=-1", "sigma is a number", "received '-1'")]
    [InlineData("annealing:1,3,pth=linear", "'pth' is no key of annealing", "Did you mean path?")]
    [InlineData("annealing:1,3,path=quadratic", "path is one of linear, geometric, cosine", "received 'quadratic'")]
    [InlineData("annealing:1,3,restarts=-1", "from 0 to 10000", "received '-1'")]
    [InlineData("annealing:1,3,restarts=1.5", "a whole number", "received '1.5'")]
    [InlineData("annealing:1,3,width=-0.5", "at least 0", "received '-0.5'")]
    [InlineData("annealing:1,3,progress=time", "rounds, budget", "received 'time'")]
    [InlineData("annealing:1,3,adaptive=yes", "true or false", "received 'yes'")]
    [InlineData("annealing:1,3,width=1,width=2", "each key once", "Give width once")]
    [InlineData("annealing:1,3,width=1,2", "annealing:a,b", "'2' is no key")]
    public void Refusals_NameTheSettingRuleValueAndRemedy(string text, string first, string second)
    {
        var exception = Assert.Throws<SettingException>(() => BetaScheduleParser.Parse(text, "explore"));

        Assert.Equal("explore", exception.Setting);
        Assert.StartsWith("explore", exception.Message);
        Assert.Contains(first, exception.Message);
        Assert.Contains(second, exception.Message);
        Assert.Matches("[.?]$", exception.Message);
    }
}
