# Builds and packs on a Windows machine of a pipeline:  powershell installer\windows\build.ps1
# Wants Python 3.11-3.13 and Inno Setup 6 (iscc); installs nothing outside .venv.
$ErrorActionPreference = 'Stop'
Set-Location (Join-Path $PSScriptRoot '..\..')

function Invoke-Step([string] $Program, [string[]] $Arguments) {
  & $Program @Arguments
  if ($LASTEXITCODE -ne 0) { throw "$Program $Arguments ended with $LASTEXITCODE" }
}

if (-not (Test-Path .venv)) { Invoke-Step 'python' @('-m', 'venv', '.venv') }
$python = '.venv\Scripts\python.exe'
Invoke-Step $python @('-m', 'pip', 'install', '--quiet', '-e', '.[dev]')
Invoke-Step $python @('installer\icon_files.py', 'build\yorisoi.ico')
Invoke-Step $python @('-m', 'PyInstaller', '--noconfirm', '--log-level', 'WARN',
  '--workpath', 'build\pyinstaller', 'build.spec')

$env:YORISOI_PROGRAM = (Resolve-Path 'dist\yorisoi\yorisoi-cli.exe').Path
$env:YORISOI_NO_SKIP = '1'
Invoke-Step $python @('-m', 'pytest', '-q', 'tests\built')

$version = & $python -c "import tomllib; print(tomllib.load(open('pyproject.toml', 'rb'))['project']['version'])"
Invoke-Step 'iscc' @("/DVersion=$version", 'installer\windows\yorisoi.iss')
