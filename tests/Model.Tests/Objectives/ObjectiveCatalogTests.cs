using Tempera.Model.Objectives;
using Tempera.Model.Settings;
using Xunit;

namespace Tempera.Model.Tests.Objectives;

public sealed class ObjectiveCatalogTests
{
    [Fact]
    public void EveryNameCreatesTheObjectiveOfThatName() =>
        Assert.All(ObjectiveCatalog.Names, name => Assert.Equal(name, ObjectiveCatalog.Create(name).Name));

    [Fact]
    public void UnknownNamesAreRefusedWithWhatExists()
    {
        var exception = Assert.Throws<SettingException>(() => ObjectiveCatalog.Create("subtb"));
        Assert.Equal("objective", exception.Setting);
        Assert.Equal("objective must be one of tb; got 'subtb'. Use --objective tb.", exception.Message);
    }
}
