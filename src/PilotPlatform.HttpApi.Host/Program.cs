using PilotPlatform;
using PilotPlatform.Programmes;
using PilotPlatform.Workflows;
using PilotPlatform.HttpApi.Host;
using PilotPlatform.HttpApi.Host.Hosting;
using PilotPlatform.Scheduling;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddPlatformModules(builder.Configuration);
builder.Services.AddOutboxWorker();
builder.Services.AddWorkflowWorker();
builder.Services.AddRecurringWorkRunner();
builder.AddWebSecurity();
builder.Services.AddApiDocument();

var app = builder.Build();
app.UsePlatformPipeline();
app.MapPlatformModules();
app.MapHealth();
app.MapApiDocument();
app.MapWebApp();
await app.RunAsync();

/// <summary>Named so that tests can start the host.</summary>
public partial class Program;
